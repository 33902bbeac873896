using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>Which samples to make of a task's documents, how to name them, and the form of their prompts.</summary>
public sealed record SampleOptions
{
    /// <summary>The column whose value names a sample; null names it by its position.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Columns that become tags.</summary>
    public ImmutableArray<string> TagColumns { get; init; } = [];

    /// <summary>The first so many; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Worked examples in each prompt; null for the task's own number.</summary>
    public int? Fewshot { get; init; }

    /// <summary>Of the drawing of worked examples; 1234 as in lm-evaluation-harness.</summary>
    public ulong FewshotSeed { get; init; } = 1234;

    /// <summary>Before everything else; null for none.</summary>
    public string? System { get; init; }

    /// <summary>True when the turns are sent as chat messages: then a choice follows its prompt without the task's delimiter.</summary>
    public bool Chat { get; init; }
}
