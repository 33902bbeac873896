using System.Collections.Immutable;

namespace Assay.Transformers;

/// <summary>What the model thought of a token, given those before it.</summary>
public sealed record TokenScore
{
    /// <summary>The token.</summary>
    public required int Id { get; init; }

    /// <summary>Natural logarithm of its probability.</summary>
    public required float LogProbability { get; init; }

    /// <summary>Whether greedy generation would have chosen it.</summary>
    public required bool IsGreedy { get; init; }

    /// <summary>The likeliest tokens in its place, best first, as many as were asked for.</summary>
    public ImmutableArray<TopToken> Top { get; init; } = [];
}
