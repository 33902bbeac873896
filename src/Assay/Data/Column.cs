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

    /// <summary>Number, integer or boolean.</summary>
    public bool IsNumeric => Kind != ColumnKind.Category;

    /// <summary>Rows.</summary>
    public abstract int Length { get; }

    /// <summary>Rows without a value.</summary>
    public abstract int MissingCount { get; }

    /// <summary>True where the cell has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The cell as a culture-free text that reads back to the same value; null where it is missing.</summary>
    public abstract string? Text(int row);

    /// <summary>The given rows, in the given order.</summary>
    public abstract Column Select(ReadOnlySpan<int> rows);
}
