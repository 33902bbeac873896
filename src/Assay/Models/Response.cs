using System.Collections.Immutable;

namespace Assay.Models;

/// <summary>A model's answer, or its named failure.</summary>
/// <param name="Text">Null without an answer; of a truncated one what came. Without the reasoning.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Reason">Why the outcome is not ok; null when it is.</param>
public sealed record Response(string? Text, Outcome Outcome, string? Reason = null)
{
    /// <summary>What the model thought before it answered; null without it. It is no part of the text and is not scored.</summary>
    public string? Reasoning { get; init; }

    /// <summary>True of a truncated answer that was cut by the limit of tokens and by nothing else: as long as it was allowed to be, it can be scored.</summary>
    public bool IsAtLimit { get; init; }

    /// <summary>True of a failure that the same request may well not meet again: a busy service, a broken connection, no answer in time.</summary>
    public bool CanPass { get; init; }

    /// <summary>The HTTP status; null without one.</summary>
    public int? Status { get; init; }

    /// <summary>How long the service asks to wait before the next request; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Tokens of the prompt by the service's own count; null when it does not tell, or cannot be right.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, by the service's own count; null when it does not tell, or cannot be right.</summary>
    public int? AnswerTokens { get; init; }

    /// <summary>Of a request with <see cref="Request.Echo"/>: the prompt's tokens in their order, perhaps with one that was generated after them.</summary>
    public ImmutableArray<TokenProbability> PromptProbabilities { get; init; } = [];

    /// <summary>From sending to the end of the answer, of the last attempt; zero without a service.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Calls that were made for it.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>What all its attempts took out of a <see cref="Budget"/>; null where none counts.</summary>
    public Spending? Spent { get; init; }
}
