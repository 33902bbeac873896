using System.Collections.Immutable;

namespace Assay.Transformers;

/// <summary>One token of an answer. The answer is the texts one after the other.</summary>
public sealed record GeneratedToken
{
    /// <summary>Its number; the model's end token comes too, without text of its own.</summary>
    public required int Id { get; init; }

    /// <summary>Whole characters that are sure by now: empty while a character is incomplete or a stop text may be beginning.</summary>
    public required string Text { get; init; }

    /// <summary>Natural logarithm of the model's probability, before temperature, top-k and top-p.</summary>
    public required float LogProbability { get; init; }

    /// <summary>The likeliest tokens, best first, as many as were asked for.</summary>
    public ImmutableArray<TopToken> Top { get; init; } = [];

    /// <summary>Why the answer ends with this token; null: it goes on.</summary>
    public FinishReason? Finish { get; init; }
}
