using System.Collections.Immutable;

namespace Assay.Transformers;

/// <summary>A text to continue.</summary>
public sealed record GenerationRequest
{
    /// <summary>The tokens to continue, at least one, with the one that starts a text if the model wants it.</summary>
    public required ImmutableArray<int> Prompt { get; init; }

    /// <summary>The most tokens to make, at least 1; the end of the context may come before.</summary>
    public int MaxTokens { get; init; } = 16;

    /// <summary>Greedy by default.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Texts that end the answer, not empty; neither they nor what follows is shown, also where one begins in one token and ends in another.</summary>
    public ImmutableArray<string> Stop { get; init; } = [];

    /// <summary>Whether the model's own end token is a token like others.</summary>
    public bool IgnoreEos { get; init; }

    /// <summary>How many of the likeliest tokens each step reports.</summary>
    public int TopLogProbabilities { get; init; }
}
