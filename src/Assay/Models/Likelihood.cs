namespace Assay.Models;

/// <summary>How likely a text is to a model, or why that is not known.</summary>
public sealed record Likelihood
{
    /// <summary>The sum of the log-probabilities of its tokens, in nats; null without an answer.</summary>
    public double? LogProbability { get; init; }

    /// <summary>Every token was the likeliest at its place.</summary>
    public bool IsGreedy { get; init; }

    /// <summary>Tokens in the sum.</summary>
    public int Tokens { get; init; }

    /// <summary>From sending to the end of the answer; zero without a service.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Tokens that were sent for it, by the service's own count; null when it does not tell.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens that were generated for it, which nobody wanted; null when the service does not tell.</summary>
    public int? AnswerTokens { get; init; }

    /// <summary>As <see cref="Response.Spent"/>.</summary>
    public Spending? Spent { get; init; }

    /// <summary>How the call ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Why the outcome is not ok; null when it is.</summary>
    public string? Reason { get; init; }
}
