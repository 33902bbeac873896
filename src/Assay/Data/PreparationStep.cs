namespace Assay.Data;

/// <summary>One step from raw columns to features. Steps run in the order given; kinds of columns are those of the raw table.</summary>
/// <param name="Columns">What it is about; a column that is one-hot encoded already is passed over unless it is named.</param>
public abstract record PreparationStep(ColumnSelector Columns);

/// <summary>Leaves out rows without a value in one of the columns, before the rows are split.</summary>
/// <param name="Columns">What it looks at.</param>
public sealed record DropMissing(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>Fills missing cells by what the training rows hold.</summary>
/// <param name="Columns">What it fills.</param>
/// <param name="Strategy">Categories take only the most frequent value or a constant.</param>
/// <param name="Constant">The constant, as it would stand in a cell; null for the other strategies.</param>
public sealed record Impute(ColumnSelector Columns, ImputeStrategy Strategy, string? Constant = null) : PreparationStep(Columns);

/// <summary>
/// Numbers minus their mean, divided by their population standard deviation (ddof 0), both of the training rows and without
/// missing cells; a constant column is not divided. scikit-learn's StandardScaler.
/// </summary>
/// <param name="Columns">Numeric columns.</param>
public sealed record Standardize(ColumnSelector Columns) : PreparationStep(Columns);

/// <summary>
/// One feature per value that the training rows hold, 1 where the row has it, else 0. A missing or unknown value is all zeros.
/// Order of features: that of <see cref="ClassLabels.Classes"/>.
/// </summary>
/// <param name="Columns">Categories, or numeric columns whose values are names.</param>
public sealed record OneHot(ColumnSelector Columns) : PreparationStep(Columns);
