using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>How a model does on the rows that share one value of a column, against all other rows.</summary>
public sealed record SliceResult
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The value; <c>(missing)</c> for rows without one; null when the column could not be sliced, and <see cref="Reason"/> says why.</summary>
    public string? Value { get; init; }

    /// <summary>Rows of the slice.</summary>
    public long N { get; init; }

    /// <summary><c>accuracy</c> and <c>f1/macro</c> of the slice.</summary>
    public ImmutableArray<Estimate> Estimates { get; init; } = [];

    /// <summary>Accuracy of the slice minus that of the other rows; null when there are no other rows.</summary>
    public double? Difference { get; init; }

    /// <summary>Of the difference, method <c>newcombe</c>.</summary>
    public Interval? DifferenceInterval { get; init; }

    /// <summary>Fisher's exact test of equal accuracy, two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>After Benjamini and Hochberg, over all slices of the analysis.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Less accurate than the other rows, with an adjusted p-value below 0.05.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Why there is no comparison; null when there is one.</summary>
    public string? Reason { get; init; }
}
