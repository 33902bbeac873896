using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>Which samples to make of a task's documents, and how to name them.</summary>
public sealed record SampleOptions
{
    /// <summary>The column whose value names a sample; null names it by its position.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Columns that become tags.</summary>
    public ImmutableArray<string> TagColumns { get; init; } = [];

    /// <summary>The first so many; null for all.</summary>
    public long? Limit { get; init; }
}
