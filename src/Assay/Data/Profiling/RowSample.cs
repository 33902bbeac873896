namespace Assay.Data.Profiling;

/// <summary>So many rows of a stream, each equally likely to be kept (Vitter's algorithm R); in a drawn order once it is full.</summary>
sealed class RowSample(int capacity, ulong seed)
{
    readonly SeededRandom _random = new(seed);
    readonly Dictionary<string, (ColumnKind Kind, string?[] Texts, double[] Numbers)> _cells = new(StringComparer.Ordinal);
    readonly List<string> _order = [];
    long _seen;

    public int Rows => (int)Math.Min(_seen, capacity);

    public void Add(Table batch)
    {
        var places = new int[batch.RowCount];
        for (var row = 0; row < places.Length; row++, _seen++)
        {
            var place = _seen < capacity ? _seen : (long)(_random.NextDouble() * (_seen + 1));
            places[row] = place < capacity ? (int)place : -1;
        }

        foreach (var column in batch.Columns)
        {
            if (!_cells.TryGetValue(column.Name, out var cells))
            {
                _cells.Add(column.Name, cells = (column.Kind, new string?[capacity], new double[capacity]));
                _order.Add(column.Name);
            }

            var asNumber = column.IsNumeric || column.Kind == ColumnKind.Date;
            for (var row = 0; row < places.Length; row++)
            {
                if (places[row] >= 0)
                {
                    cells.Numbers[places[row]] = asNumber ? column.Number(row) : double.NaN;
                    cells.Texts[places[row]] = asNumber ? null : column.Text(row);
                }
            }
        }
    }

    /// <summary>The sampled rows; a date is a number of days.</summary>
    public Table ToTable() => new([.. _order.Select(Of)]);

    Column Of(string name)
    {
        var (kind, texts, numbers) = _cells[name];
        return kind is ColumnKind.Category or ColumnKind.Text
            ? CategoryColumn.FromTexts(name, texts[..Rows])
            : new NumericColumn(name, kind == ColumnKind.Date ? ColumnKind.Number : kind, numbers[..Rows]);
    }
}
