using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>One setting that was tried, and what came of it.</summary>
public sealed record Trial
{
    /// <summary>From 0; where the study has a default setting, that is trial 0.</summary>
    public required int Number { get; init; }

    /// <summary>What was set, by name; parameters that took no part are absent.</summary>
    public required ImmutableSortedDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialState State { get; init; }

    /// <summary>What the objective gave; NaN unless completed.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>By ascending step.</summary>
    public ImmutableArray<IntermediateValue> Intermediates { get; init; } = [];

    /// <summary>The scores that the value is the mean of, one a fold; empty when the objective told none, fewer when pruned.</summary>
    public ImmutableArray<double> Scores { get; init; } = [];

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Reason { get; init; }

    /// <summary>The values of the rungs that successive halving had it pass.</summary>
    internal ImmutableArray<double> Rungs { get; init; } = [];
}

/// <summary>How good a trial was on its way.</summary>
/// <param name="Step">Its place on the way: an epoch, a fold. From 0.</param>
/// <param name="Value">Comparable with that of other trials at the same step; NaN where undefined.</param>
public readonly record struct IntermediateValue(int Step, double Value);

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>It has a value.</summary>
    Completed,

    /// <summary>It was stopped as it was worse than others on its way.</summary>
    Pruned,

    /// <summary>It has no value: the objective gave a number that is not finite, or found the setting wrong.</summary>
    Failed,
}
