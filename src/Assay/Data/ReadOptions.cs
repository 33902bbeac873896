using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>How a table is read. The default finds out everything by itself and fails at the first row that does not fit.</summary>
public sealed record ReadOptions
{
    /// <summary>Null: JSON when the first letter of the content is <c>{</c> or <c>[</c>, else CSV.</summary>
    public TableFormat? Format { get; init; }

    /// <summary>Name of the encoding, such as <c>gb18030</c>; null: by its mark, else UTF-8, UTF-16 or GB18030, whichever the bytes are.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether the first line names the columns; null: found out. Without names they are c0, c1, ...</summary>
    public bool? Header { get; init; }

    /// <summary>What stands between cells; null finds it among <c>, ; tab |</c> in the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What quotes a cell; null: a double quote, or a single one where the first cells stand in such.</summary>
    public char? Quote { get; init; }

    /// <summary>Lines that begin so are no rows; null: // or # when the file begins with such lines; empty: none.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// Cells that mean 'no value', quoted or not, exact in case. Null: for CSV pandas' habit and '?' (empty, NA, N/A, NaN, nan, ?, null,
    /// NULL), for JSON only null itself.
    /// </summary>
    public ImmutableArray<string>? MissingMarks { get; init; }

    /// <summary>Types that are known beforehand, by column name; a column that is not in it: inferred over the whole file.</summary>
    public IReadOnlyDictionary<string, ColumnType>? Types { get; init; }

    /// <summary>What becomes of rows that do not fit.</summary>
    public OnBadRow OnBadRow { get; init; } = OnBadRow.Fail;

    /// <summary>Threads that parse; 0: one per processor. The table is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The most bytes that a compressed file may become.</summary>
    public long MaxExpandedBytes { get; init; } = 64L << 30;

    /// <summary>The most bytes that one byte of a compressed file may become on average, looked at beyond 16 MiB.</summary>
    public double MaxExpansionRatio { get; init; } = 300;

    /// <summary>The most bytes of one row.</summary>
    public int MaxRowBytes { get; init; } = 256 << 20;

    internal static ImmutableArray<string> CsvMarks { get; } = ["", "NA", "N/A", "NaN", "nan", "?", "null", "NULL"];
}
