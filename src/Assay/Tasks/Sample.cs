using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>One item to evaluate.</summary>
public sealed record Sample
{
    /// <summary>The position as text, or the value of the id column that was asked for; unique within the task.</summary>
    public required string Id { get; init; }

    /// <summary>From 0, through all files of the split.</summary>
    public required long Position { get; init; }

    /// <summary>What it was made of.</summary>
    public required Document Document { get; init; }

    /// <summary>What the model gets.</summary>
    public required string Prompt { get; init; }

    /// <summary>Each of them is right; none when the document has no target, then the answer cannot be scored.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Column to value, for slices.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
