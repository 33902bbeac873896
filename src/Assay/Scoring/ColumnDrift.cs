using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Scoring;

/// <summary>How one column has moved.</summary>
public sealed record ColumnDrift
{
    /// <summary>Its name.</summary>
    public required string Column { get; init; }

    /// <summary>What it holds in the reference; null when it is not there.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>What it holds in the current data; null when it is not there.</summary>
    public ColumnKind? CurrentKind { get; init; }

    /// <summary>distribution, missing, new_values, type, absent, added; none: no drift.</summary>
    public ImmutableArray<string> Causes { get; init; } = [];

    /// <summary>The test of the distribution; null when none was made.</summary>
    public string? Test { get; init; }

    /// <summary>Its statistic, or the distance.</summary>
    public double? Statistic { get; init; }

    /// <summary>Null for a distance.</summary>
    public double? PValue { get; init; }

    /// <summary><see cref="PValue"/> adjusted over all columns by Benjamini and Hochberg: this one decides.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>What it was compared with.</summary>
    public double? Threshold { get; init; }

    /// <summary>Size of the difference, free of the number of rows.</summary>
    public double? Effect { get; init; }

    /// <summary>What <see cref="Effect"/> is.</summary>
    public string? EffectName { get; init; }

    /// <summary>Rows with a value in the reference.</summary>
    public long Rows { get; init; }

    /// <summary>Rows with a value in the current data.</summary>
    public long CurrentRows { get; init; }

    /// <summary>Share of missing values in the reference.</summary>
    public double? Missing { get; init; }

    /// <summary>Share of missing values in the current data.</summary>
    public double? CurrentMissing { get; init; }

    /// <summary>Of equal shares of missing values (pooled z), adjusted over all columns.</summary>
    public double? MissingP { get; init; }

    /// <summary>Categories that the reference does not hold, the most frequent first, at most 20.</summary>
    public ImmutableArray<string> NewValues { get; init; } = [];

    /// <summary>Share of the current values that are such; null where values are not compared one by one.</summary>
    public double? NewShare { get; init; }

    /// <summary>Why something is null.</summary>
    public string? Reason { get; init; }
}

/// <summary>How a table has moved.</summary>
/// <param name="Columns">In the order of the reference, then those added.</param>
/// <param name="DriftedColumns">Columns with a cause.</param>
/// <param name="DriftShare">Share of them.</param>
/// <param name="Threshold">The share from which on the data set drifts.</param>
/// <param name="Drifts">Whether it does.</param>
public sealed record DriftResult(ImmutableArray<ColumnDrift> Columns, int DriftedColumns, double DriftShare, double Threshold, bool Drifts);
