using System.Collections.Immutable;

namespace Assay.Learning.Validation;

/// <summary>How a learning curve is measured and read.</summary>
public sealed record LearningCurveOptions
{
    /// <summary>Parts of the training rows, rising, above 0 to 1.</summary>
    public ImmutableArray<double> Shares { get; init; } = [0.1, 0.2, 0.35, 0.55, 0.75, 1];

    /// <summary>Decides which rows come first; smaller sets are parts of larger ones.</summary>
    public ulong Seed { get; init; }

    /// <summary>False for errors and losses.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The least gain by doubling the rows that would be worth having, above 0; null: the standard error of the mean score at all rows, since these rows could not show a smaller one.</summary>
    public double? WorthHaving { get; init; }

    /// <summary>Of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;
}
