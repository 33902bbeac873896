namespace Assay.Data.Reading;

/// <summary>What is known of a column while its file is read.</summary>
sealed class ColumnPlan(string name, ColumnType? wanted)
{
    public string Name { get; } = name;

    public ColumnType? Wanted { get; } = wanted;

    /// <summary>What its cells were so far.</summary>
    public CellKinds Seen { get; set; }

    /// <summary>The kind of batches, from a first reading; null: each table decides.</summary>
    public (ColumnKind Kind, string Reason)? Decided { get; set; }

    /// <summary>Cells that are known to be plain numbers need no look at what was wanted.</summary>
    public bool TakesNumbers => Wanted is null or ColumnType.Float32 or ColumnType.Float64;

    public CellStorage Storage
    {
        get
        {
            if (Wanted is null)
            {
                return DateOrder.IsOne(Seen) || (Seen.HasFlag(CellKinds.BigInteger) && (Seen & ~(CellKinds.Integer | CellKinds.BigInteger)) == 0)
                    ? CellStorage.Longs
                    : Seen == CellKinds.Boolean || (Seen & ~CellKinds.Numbers) == 0 ? CellStorage.Numbers : CellStorage.Codes;
            }

            return Wanted is ColumnType.Int64 or ColumnType.Date ? CellStorage.Longs
                : Wanted is ColumnType.Category or ColumnType.Text ? CellStorage.Codes
                : CellStorage.Numbers;
        }
    }

    /// <summary>Whether a cell is of the wanted type; <paramref name="number"/> and <paramref name="whole"/> become what is kept.</summary>
    public bool Fits(CellKinds kind, ref double number, ref long whole)
    {
        switch (Wanted)
        {
            case ColumnType.Float32 or ColumnType.Float64:
                return (kind & CellKinds.Numbers) != 0;
            case ColumnType.Int64 when kind == CellKinds.Real && double.IsInteger(number) && Math.Abs(number) < 1L << 53:
                whole = (long)number;
                return true;
            case ColumnType.Int64:
                return kind is CellKinds.Integer or CellKinds.BigInteger;
            case ColumnType.Boolean:
                return kind == CellKinds.Boolean || (kind == CellKinds.Integer && number is 0 or 1);
            case ColumnType.Date:
                return (kind & CellKinds.Dates) != 0;
            case ColumnType.Category or ColumnType.Text or null:
            default:
                return true;
        }
    }

    public string Expected => Wanted switch
    {
        ColumnType.Boolean => "true or false",
        ColumnType.Int64 => "a whole number",
        ColumnType.Date => "a date such as 2026-01-31 or 2026-01-31T18:30:00Z",
        ColumnType.Float32 or ColumnType.Float64 or ColumnType.Category or ColumnType.Text or null or _ => "a finite number",
    };
}
