using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>One step from raw columns to features. Steps run in the order given; kinds of columns are those of the raw table.</summary>
/// <param name="Columns">What it is about; a column that is one-hot encoded already is passed over unless it is named.</param>
public abstract record PreparationStep(ColumnSelector Columns);

/// <summary>A step that takes rows away, before the rows are split. Everything else is fitted on training rows.</summary>
/// <param name="Columns">What it looks at.</param>
public abstract record RowStep(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>Leaves out rows without a value in one of the columns, before the rows are split.</summary>
/// <param name="Columns">What it looks at.</param>
public sealed record DropMissing(ColumnSelector Columns) : RowStep(Columns);

/// <summary>
/// Keeps the first of rows that are the same in all of the columns, before the rows are split: a copy on the other side would be
/// known by heart. Two missing cells are the same.
/// </summary>
/// <param name="Columns">What it looks at.</param>
public sealed record DropDuplicates(ColumnSelector Columns) : RowStep(Columns);

/// <summary>Fills missing cells by what the training rows hold.</summary>
/// <param name="Columns">What it fills.</param>
/// <param name="Strategy">Categories take only the most frequent value or a constant.</param>
/// <param name="Constant">The constant, as it would stand in a cell; null for the other strategies.</param>
public sealed record Impute(ColumnSelector Columns, ImputeStrategy Strategy, string? Constant = null) : PreparationStep(Columns)
{
    /// <summary>True: a column with missing cells in the training rows gets one more feature, <c>missing(age)</c>, 1 where the cell was missing.</summary>
    public bool Indicator { get; init; }
}

/// <summary>
/// Numbers minus their mean, divided by their population standard deviation (ddof 0), both of the training rows and without
/// missing cells; a constant column is not divided. scikit-learn's StandardScaler.
/// </summary>
/// <param name="Columns">Numeric columns.</param>
public sealed record Standardize(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>Numbers so that the training rows go from <paramref name="Low"/> to <paramref name="High"/>; others may go beyond. scikit-learn's MinMaxScaler.</summary>
/// <param name="Columns">Numeric columns.</param>
/// <param name="Low">What the least becomes.</param>
/// <param name="High">What the greatest becomes; above <paramref name="Low"/>.</param>
public sealed record MinMax(ColumnSelector Columns, double Low = 0, double High = 1) : PreparationStep(Columns);

/// <summary>
/// Numbers minus their median, divided by the distance of their quartiles (25 and 75 %, linear): outliers do not move it. A distance
/// of 0 does not divide. scikit-learn's RobustScaler.
/// </summary>
/// <param name="Columns">Numeric columns.</param>
public sealed record RobustScale(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>
/// Numbers as their rank among the training rows: uniform in [0, 1], or the normal deviate of that, within ±5.2. scikit-learn's
/// QuantileTransformer without its subsampling.
/// </summary>
/// <param name="Columns">Numeric columns.</param>
/// <param name="Quantiles">Points of the distribution that are kept; at most the number of training rows.</param>
/// <param name="Normal">True for the normal deviate.</param>
public sealed record QuantileScale(ColumnSelector Columns, int Quantiles = 1000, bool Normal = false) : PreparationStep(Columns);

/// <summary>ln(1 + x), for amounts that spread over orders of magnitude; a value of -1 or less is refused.</summary>
/// <param name="Columns">Numeric columns.</param>
public sealed record LogScale(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>Numbers below or above the bounds become the bound.</summary>
/// <param name="Columns">Numeric columns.</param>
/// <param name="Low">Null: no bound.</param>
/// <param name="High">Null: no bound; else not below <paramref name="Low"/>.</param>
public sealed record Clip(ColumnSelector Columns, double? Low, double? High) : PreparationStep(Columns);

/// <summary>
/// Categories as their place in the order of <see cref="ClassLabels.Classes"/>, from 0; a missing cell stays missing. Only for
/// models that do not read the places as amounts. scikit-learn's OrdinalEncoder.
/// </summary>
/// <param name="Columns">Categories, or numeric columns whose values are names.</param>
/// <param name="Unknown">What a value becomes that no training row holds.</param>
public sealed record Ordinal(ColumnSelector Columns, double Unknown = -1) : PreparationStep(Columns);

/// <summary>
/// One feature per value that the training rows hold, 1 where the row has it, else 0. A missing value is all zeros. Order of features:
/// that of <see cref="ClassLabels.Classes"/>, then the one of the rare values. scikit-learn's OneHotEncoder.
/// </summary>
/// <param name="Columns">Categories, or numeric columns whose values are names.</param>
public sealed record OneHot(ColumnSelector Columns) : PreparationStep(Columns)
{
    /// <summary>Values of fewer training rows share the feature <c>x=(rare)</c>: a count from 1, or a share of the rows below 1. Null: none is rare.</summary>
    public double? MinFrequency { get; init; }

    /// <summary>At most so many features, 2 or more, that of the rare values among them; the most frequent values keep theirs. Null: no limit.</summary>
    public int? MaxCategories { get; init; }

    /// <summary>What a value does that the training rows do not hold.</summary>
    public UnknownCategory Unknown { get; init; }
}

/// <summary>A date column as one number per part: <c>sold.month</c>.</summary>
/// <param name="Columns">Date columns.</param>
/// <param name="Parts">In the order of the features.</param>
public sealed record DateParts(ColumnSelector Columns, ImmutableArray<DatePart> Parts) : PreparationStep(Columns);
