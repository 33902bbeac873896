namespace Assay.Data;

/// <summary>One typed column of a <see cref="Table"/>. Immutable.</summary>
public abstract class Column
{
    private protected Column(string name, ColumnKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>Unique within its table.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Why a reader gave it this kind: 'integer: all 891 values are whole numbers'; null where no reader inferred it.</summary>
    public string? Reason { get; init; }

    /// <summary>Number, integer or boolean: a <see cref="NumericColumn"/>.</summary>
    public bool IsNumeric => Kind is ColumnKind.Number or ColumnKind.Integer or ColumnKind.Boolean;

    /// <summary>Rows.</summary>
    public abstract int Length { get; }

    /// <summary>Rows without a value.</summary>
    public abstract int MissingCount { get; }

    /// <summary>True where the cell has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The cell as a culture-free text that reads back to the same value; null where it is missing.</summary>
    public abstract string? Text(int row);

    /// <summary>
    /// The cell as a number: booleans are 0 and 1, dates are days since 1970-01-01T00:00Z (to about 0.3 µs). NaN where it is missing,
    /// and for categories and texts.
    /// </summary>
    public virtual double Number(int row) => double.NaN;

    /// <summary><see cref="Number"/> of the rows from <paramref name="start"/> on, as many as there is room for.</summary>
    public virtual void CopyNumbers(int start, Span<double> numbers) => numbers.Fill(double.NaN);

    /// <summary>Sets true for the rows without a value and leaves the others.</summary>
    internal virtual void MarkMissing(Span<bool> rows)
    {
        if (MissingCount == 0)
        {
            return;
        }

        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] |= IsMissing(row);
        }
    }

    /// <summary>The given rows, in the given order.</summary>
    public abstract Column Select(ReadOnlySpan<int> rows);
}
