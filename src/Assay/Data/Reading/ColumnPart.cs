namespace Assay.Data.Reading;

/// <summary>The cells of one column in one chunk of the file.</summary>
sealed class ColumnPart(ColumnPlan plan, CellStorage storage, Utf8Marks marks)
{
    public ColumnPlan Plan => plan;

    public CellStorage Storage => storage;

    /// <summary>Plain numbers need not come through <c>TryAdd</c>.</summary>
    public bool IsPlain { get; } = storage == CellStorage.Numbers && plan.TakesNumbers && !marks.HasNumbers;

    public CellKinds Seen { get; set; }

    public double[] Numbers { get; private set; } = storage == CellStorage.Numbers ? new double[1024] : [];

    public long[] Longs { get; private set; } = storage == CellStorage.Longs ? new long[1024] : [];

    public int[] Codes { get; private set; } = storage == CellStorage.Codes ? new int[1024] : [];

    public CellTally Tally { get; } = new(marks);

    public Utf8Dictionary? Texts { get; } = storage == CellStorage.Codes ? new() : null;

    public void AddPlain(int row, double value, bool isWhole)
    {
        if (row >= Numbers.Length)
        {
            Numbers = Longer(Numbers);
        }

        Numbers[row] = value;
        Seen |= isWhole ? CellKinds.Integer : CellKinds.Real;
    }

    /// <summary>True when the cell is a mark of a missing value, and is put as such.</summary>
    public bool TryAddMissing(int row, ReadOnlySpan<byte> cell)
    {
        var mark = marks.Place(cell);
        if (mark == Utf8Marks.None)
        {
            return false;
        }

        Tally.Mark(mark);
        AddMissing(row);
        return true;
    }

    /// <summary>Puts the cell at that row; false when it is not of the wanted type.</summary>
    public bool TryAdd(int row, ReadOnlySpan<byte> cell)
    {
        if (TryAddMissing(row, cell))
        {
            return true;
        }

        if (storage is CellStorage.Codes or CellStorage.Nothing)
        {
            AddText(row, cell);
            return true;
        }

        if (cell.IsEmpty)
        {
            Seen |= CellKinds.Text;
            AddMissing(row);
            return plan.Wanted is null;
        }

        var kind = CellParser.Parse(cell, out var number, out var whole);
        return TryAdd(row, kind, number, whole);
    }

    public bool TryAdd(int row, CellKinds kind, double number, long whole)
    {
        var fits = plan.Fits(kind, ref number, ref whole);
        Seen |= kind;
        if (storage == CellStorage.Numbers)
        {
            AddNumber(row, number);
        }
        else if (storage == CellStorage.Longs)
        {
            AddLong(row, whole);
        }

        return fits;
    }

    public void AddText(int row, ReadOnlySpan<byte> text)
    {
        Seen |= CellKinds.Text;
        if (storage != CellStorage.Codes)
        {
            AddMissing(row);
            return;
        }

        var code = Texts!.Add(text);
        AddCode(row, code >= 0 ? code : throw new UserErrorException(
            $"Column '{plan.Name}' holds more than 2 GiB of text in one part. Read the file in batches of fewer rows."));
    }

    public void AddMissing(int row)
    {
        switch (storage)
        {
            case CellStorage.Numbers:
                AddNumber(row, double.NaN);
                break;
            case CellStorage.Longs:
                AddLong(row, long.MinValue);
                break;
            case CellStorage.Codes:
                AddCode(row, -1);
                break;
            case CellStorage.Nothing:
            default:
                break;
        }
    }

    /// <summary>Ready for another chunk.</summary>
    public void Clear()
    {
        Seen = CellKinds.None;
        Tally.Clear();
        Texts?.Clear();
    }

    void AddNumber(int row, double value)
    {
        if (row >= Numbers.Length)
        {
            Numbers = Longer(Numbers);
        }

        Numbers[row] = value;
    }

    void AddLong(int row, long value)
    {
        if (row >= Longs.Length)
        {
            Longs = Longer(Longs);
        }

        Longs[row] = value;
    }

    void AddCode(int row, int code)
    {
        if (row >= Codes.Length)
        {
            Codes = Longer(Codes);
        }

        Codes[row] = code;
    }

    static T[] Longer<T>(T[] values)
    {
        Array.Resize(ref values, 2 * values.Length);
        return values;
    }
}
