using System.Collections.Immutable;

namespace Assay.Data.Profiling;

/// <summary>What is in a table. Plain data: System.Text.Json brings it back, and drift can be computed against it without the table.</summary>
public sealed record TableProfile
{
    /// <summary>Rows seen.</summary>
    public required long Rows { get; init; }

    /// <summary>In the order of the table.</summary>
    public required ImmutableArray<ColumnProfile> Columns { get; init; }

    /// <summary>Rows that are a copy of an earlier one in all columns.</summary>
    public double DuplicateRows { get; init; }

    /// <summary>False: <see cref="DuplicateRows"/> is estimated from a sample of row hashes.</summary>
    public bool DuplicateRowsExact { get; init; } = true;

    /// <summary>Rows without any value.</summary>
    public long EmptyRows { get; init; }

    /// <summary>Pairs of columns that are the same cell by cell.</summary>
    public ImmutableArray<ColumnPair> DuplicateColumns { get; init; } = [];

    /// <summary>Pearson's correlation of numeric columns, the strongest first; those of 0.5 and more.</summary>
    public ImmutableArray<ColumnPair> Correlations { get; init; } = [];

    /// <summary>Columns each of whose values goes with one value of the other, and the other way round: two names for one thing.</summary>
    public ImmutableArray<ColumnPair> OneToOne { get; init; } = [];

    /// <summary>Rows behind correlations, one-to-one pairs and the most frequent of too many values: all, or a random sample.</summary>
    public int SampleRows { get; init; }
}

/// <summary>Two columns and what holds between them.</summary>
/// <param name="First">The earlier one in the table.</param>
/// <param name="Second">The other.</param>
/// <param name="Value">The correlation; 1 for equal columns.</param>
/// <param name="Low">Lower end of its 95 % interval (Fisher's z); null where nothing is estimated.</param>
/// <param name="High">Upper end.</param>
public sealed record ColumnPair(string First, string Second, double Value, double? Low = null, double? High = null);

/// <summary>A value and how often it occurs.</summary>
/// <param name="Value">As it would stand in a cell.</param>
/// <param name="Rows">In the table, or in the sample where <see cref="ColumnProfile.TopExact"/> is false.</param>
public sealed record ValueCount(string Value, long Rows);

/// <summary>What is in a column.</summary>
public sealed record ColumnProfile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Why it was read as that; null where it was not inferred.</summary>
    public string? Reason { get; init; }

    /// <summary>Rows with a value.</summary>
    public required long Count { get; init; }

    /// <summary>Rows without one.</summary>
    public required long Missing { get; init; }

    /// <summary>Distinct values.</summary>
    public required double Distinct { get; init; }

    /// <summary>Standard error of <see cref="Distinct"/> as a share of it; 0: it is exact.</summary>
    public double DistinctError { get; init; }

    /// <summary>The most frequent values, at most ten; of numbers only when they are few.</summary>
    public ImmutableArray<ValueCount> Top { get; init; } = [];

    /// <summary>False: <see cref="Top"/> is of the sample.</summary>
    public bool TopExact { get; init; } = true;

    /// <summary>Texts that begin or end with a blank, which a reader left as it was quoted, or in JSON.</summary>
    public long Blanks { get; init; }

    /// <summary>All values with their counts when there are at most 1000; null when there are more.</summary>
    public ImmutableArray<ValueCount>? Values { get; init; }

    /// <summary>Of numbers and dates (in days since 1970); null for others, and where there is no value.</summary>
    public NumberProfile? Numbers { get; init; }
}

/// <summary>The distribution of numbers.</summary>
public sealed record NumberProfile
{
    /// <summary>The least.</summary>
    public required double Min { get; init; }

    /// <summary>The greatest.</summary>
    public required double Max { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Population standard deviation (ddof 0).</summary>
    public required double Deviation { get; init; }

    /// <summary>How many are 0.</summary>
    public required long Zeros { get; init; }

    /// <summary>How many are below 0.</summary>
    public required long Negative { get; init; }

    /// <summary>The least above 0; null when there is none.</summary>
    public double? LeastPositive { get; init; }

    /// <summary>All values ascending when <see cref="PointsExact"/>, else 2048 that stand for equally many rows each (rank error 0.04 %).</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>True when <see cref="Points"/> are the values themselves.</summary>
    public required bool PointsExact { get; init; }

    /// <summary>A quantile, linear between points.</summary>
    /// <param name="q">Within [0, 1].</param>
    public double Quantile(double q) => q <= 0 ? Min : q >= 1 ? Max : Data.Quantile.Linear(Points.AsSpan(), q);
}
