using System.Collections.Immutable;

namespace Assay.Comparing;

/// <summary>What of two runs is compared, and when a difference counts.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The level of tests; intervals have the confidence 1 - alpha. In (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Differences within ± this do not matter, in the unit of the scores. Null: no two runs are called equivalent.</summary>
    public double? Margin { get; init; }

    /// <summary>Only these tasks; empty: all.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>Only these metrics; empty: all.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];

    /// <summary>Metrics of which less is better, besides those known by name (errors, losses, perplexities, rates of errors).</summary>
    public ImmutableArray<string> LowerIsBetter { get; init; } = [];

    /// <summary>Only records of this stage.</summary>
    public string Stage { get; init; } = "evaluate";

    /// <summary>At most so many flips of each task are listed; all of them are counted.</summary>
    public int MostFlips { get; init; } = 1000;

    /// <summary>Of resampling: the same seed gives the same result.</summary>
    public ulong Seed { get; init; }
}
