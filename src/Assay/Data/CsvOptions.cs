using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>How a CSV file is read.</summary>
public sealed record CsvOptions
{
    /// <summary>Cells that mean 'no value', quoted or not, exact in case. The default is pandas' habit and '?'.</summary>
    public ImmutableArray<string> MissingMarks { get; init; } = ["", "NA", "N/A", "NaN", "nan", "?", "null", "NULL"];

    /// <summary>What stands between cells; null finds it among <c>, ; tab |</c> in the first two lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Kinds that are known beforehand, by column name; null or a column that is not in it: inferred over the whole file.
    /// Boolean also takes 0 and 1, Integer also takes 3.0.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnKind>? Kinds { get; init; }
}
