using System.Numerics.Tensors;
using System.Text;

namespace Assay.Data.Reading;

/// <summary>The cells of one column of the table, chunk after chunk.</summary>
/// <param name="plan">Grows with what the chunks saw.</param>
/// <param name="storage">Of the column that is built.</param>
/// <param name="capacity">Rows that are expected.</param>
/// <param name="keeps">False: only what the cells are is wanted, not the cells.</param>
sealed class ColumnSink(ColumnPlan plan, CellStorage storage, int capacity, bool keeps)
{
    const int MostCounted = 1 << 16; // distinct texts, where cells are not kept

    readonly Utf8Dictionary _texts = new();
    double[] _numbers = keeps && storage == CellStorage.Numbers && plan.Wanted != ColumnType.Float32 ? new double[capacity] : [];
    float[] _floats = keeps && storage == CellStorage.Numbers && plan.Wanted == ColumnType.Float32 ? new float[capacity] : [];
    long[] _longs = keeps && storage == CellStorage.Longs ? new long[capacity] : [];
    int[] _codes = keeps && storage == CellStorage.Codes ? new int[capacity] : [];
    long _present;
    int _rows;

    public ColumnPlan Plan => plan;

    public CellStorage Storage => storage;

    /// <summary>Cells of another storage than that of the column were seen: the file must be read again.</summary>
    public bool IsSpoiled { get; private set; }

    /// <summary>A column that begins late has no value before.</summary>
    public void AddMissing(int count)
    {
        Reserve(count);
        _numbers.AsSpan(_rows, _numbers.Length == 0 ? 0 : count).Fill(double.NaN);
        _floats.AsSpan(_rows, _floats.Length == 0 ? 0 : count).Fill(float.NaN);
        _longs.AsSpan(_rows, _longs.Length == 0 ? 0 : count).Fill(long.MinValue);
        _codes.AsSpan(_rows, _codes.Length == 0 ? 0 : count).Fill(-1);
        _rows += count;
    }

    public void Append(ColumnPart part, int start, int count)
    {
        if (IsSpoiled || part.Storage != storage || plan.Storage != storage)
        {
            IsSpoiled = true;
            (_numbers, _floats, _longs, _codes) = ([], [], [], []);
            return;
        }

        Reserve(count);
        if (storage == CellStorage.Codes)
        {
            AppendCodes(part, start, count);
        }
        else if (storage == CellStorage.Longs)
        {
            var cells = part.Longs.AsSpan(start, count);
            _present += count - cells.Count(long.MinValue);
            if (keeps)
            {
                cells.CopyTo(_longs.AsSpan(_rows));
            }
        }
        else
        {
            AppendNumbers(part.Numbers.AsSpan(start, count));
        }

        _rows += count;
    }

    /// <summary>The column, of the rows so far.</summary>
    public Column Build() => ColumnKinds.Of(plan, _present, storage == CellStorage.Codes ? Distinct() : 0) switch
    {
        (ColumnKind.Text, var reason) => BuildText(reason),
        (ColumnKind.Category, var reason) => BuildCategory(reason),
        (ColumnKind.Date, var reason) => BuildDate(reason),
        (_, var reason) when storage == CellStorage.Longs => new NumericColumn(plan.Name, Exact(_longs)) { Reason = reason },
        (_, var reason) when plan.Wanted == ColumnType.Float32 => new NumericColumn(plan.Name, _floats, _rows) { Reason = reason },
        (var kind, var reason) => new NumericColumn(plan.Name, kind, _numbers, _rows) { Reason = reason },
    };

    /// <summary>Fixes the kind for the batches that follow.</summary>
    public void Decide() => plan.Decided = ColumnKinds.Of(plan, _present, _texts.Count);

    int Distinct() => plan.Decided is not null ? 0 : UsedCodes().Count(used => used);

    // Rows that were kept out may have left texts that no row has.
    bool[] UsedCodes()
    {
        var used = new bool[_texts.Count];
        foreach (var code in _codes.AsSpan(0, _rows))
        {
            if (code >= 0)
            {
                used[code] = true;
            }
        }

        return used;
    }

    DateColumn BuildDate(string? reason)
    {
        if (plan.Wanted == ColumnType.Date && DateOrder.IsContradictory(plan.Seen))
        {
            throw new UserErrorException(
                $"Column '{plan.Name}' holds dates of several forms (31/12/2024, 12/31/2024, 2024-12-31), so that day and month cannot be told apart. Write all in one form, or give it the type category.");
        }

        var ticks = Exact(_longs);
        DateOrder.Settle(plan.Seen, ticks);
        return new DateColumn(plan.Name, ticks) { Reason = reason };
    }

    TextColumn BuildText(string? reason)
    {
        var (pool, starts, lengths) = _texts.Texts();
        var codes = _codes.AsSpan(0, _rows);
        var (rowStarts, rowLengths) = (new int[_rows], new int[_rows]);
        for (var row = 0; row < _rows; row++)
        {
            (rowStarts[row], rowLengths[row]) = codes[row] < 0 ? (0, -1) : (starts[codes[row]], lengths[codes[row]]);
        }

        return new TextColumn(plan.Name, pool, rowStarts, rowLengths) { Reason = reason };
    }

    CategoryColumn BuildCategory(string? reason)
    {
        var used = UsedCodes();
        var texts = Enumerable.Range(0, used.Length).Where(code => used[code]).Select(code => (Code: code, Text: Encoding.UTF8.GetString(_texts[code]))).ToArray();
        Array.Sort(texts, (a, b) => string.CompareOrdinal(a.Text, b.Text));
        var ranks = new int[used.Length];
        foreach (var (rank, text) in texts.Index())
        {
            ranks[text.Code] = rank;
        }

        var codes = Exact(_codes);
        foreach (ref var code in codes.AsSpan())
        {
            code = code < 0 ? -1 : ranks[code];
        }

        return new CategoryColumn(plan.Name, codes, [.. texts.Select(text => text.Text)]) { Reason = reason };
    }

    void AppendNumbers(ReadOnlySpan<double> cells)
    {
        _present += cells.Length - Missing.Count(cells);
        if (_floats.Length > 0)
        {
            TensorPrimitives.ConvertTruncating(cells, _floats.AsSpan(_rows));
        }
        else if (keeps)
        {
            cells.CopyTo(_numbers.AsSpan(_rows));
        }
    }

    void AppendCodes(ColumnPart part, int start, int count)
    {
        Span<int> map = new int[part.Texts!.Count];
        map.Fill(-1);
        var codes = part.Codes.AsSpan(start, count);
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            if (code >= 0)
            {
                _present++;
                code = map[code] >= 0 || (!keeps && _texts.Count > MostCounted) ? map[code] : map[code] = Global(part.Texts[code]);
            }

            if (keeps)
            {
                _codes[_rows + i] = code;
            }
        }
    }

    int Global(ReadOnlySpan<byte> text)
    {
        var code = _texts.Add(text);
        return code >= 0 ? code : throw new UserErrorException(
            $"Column '{plan.Name}' holds more than 2 GiB of distinct text. Read the file in batches, or leave the column out.");
    }

    void Reserve(int count)
    {
        if (!keeps)
        {
            return;
        }

        Grow(ref _numbers, count);
        Grow(ref _floats, count);
        Grow(ref _longs, count);
        Grow(ref _codes, count);
    }

    void Grow<T>(ref T[] cells, int count)
    {
        if (cells.Length > 0 && cells.Length < _rows + count)
        {
            Array.Resize(ref cells, (int)Math.Min(Array.MaxLength, Math.Max(cells.Length + (cells.Length / 4L), (long)_rows + count)));
        }
    }

    T[] Exact<T>(T[] cells)
    {
        Array.Resize(ref cells, _rows);
        return cells;
    }
}
