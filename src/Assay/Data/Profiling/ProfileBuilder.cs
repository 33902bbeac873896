namespace Assay.Data.Profiling;

/// <summary>
/// Makes a profile of a table that comes in batches, in one pass. Memory grows with the number of columns and not with that of rows: some
/// 2 MB a column at the most, and 20 MB for row hashes. The same batches and seed give the same profile.
/// </summary>
public sealed class ProfileBuilder(ulong seed = 0)
{
    const int MostSampledRows = 20_000;
    const int MostSampledCells = 1_000_000;
    const int MostRowHashes = 250_000;

    readonly List<string> _names = [];
    readonly Dictionary<string, ColumnSummary> _columns = new(StringComparer.Ordinal);
    readonly DistinctCounter _rowHashes = new(MostRowHashes);
    RowSample? _sample;
    long _rows, _emptyRows;

    /// <summary>Profiles a whole table.</summary>
    public static TableProfile Of(Table table, ulong seed = 0)
    {
        var builder = new ProfileBuilder(seed);
        builder.Add(table);
        return builder.Build();
    }

    /// <summary>A random sample of the rows so far (at most 20,000, or a million cells), or all of them; dates are numbers of days.</summary>
    public Table Sample => _sample?.ToTable() ?? new Table([]);

    /// <summary>Takes the next rows.</summary>
    /// <param name="batch">Has the columns of the batches before.</param>
    public void Add(Table batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var hashes = new ulong[batch.RowCount];
        foreach (var (i, column) in batch.Columns.Index())
        {
            if (!_columns.TryGetValue(column.Name, out var summary))
            {
                _names.Add(column.Name);
                _columns.Add(column.Name, summary = new ColumnSummary(column.Name, new SeededRandom(seed).Derive((ulong)i).NextUInt64()));
            }

            summary.Add(column, hashes);
        }

        foreach (var hash in hashes)
        {
            _rowHashes.Add(hash);
        }

        for (var row = 0; row < batch.RowCount; row++)
        {
            _emptyRows += batch.Columns.All(column => column.IsMissing(row)) ? 1 : 0;
        }

        _rows += batch.RowCount;
        _sample ??= new RowSample(Math.Clamp(MostSampledCells / Math.Max(1, batch.Columns.Count), 100, MostSampledRows), seed);
        _sample.Add(batch);
    }

    /// <summary>What is known so far.</summary>
    public TableProfile Build()
    {
        var sample = Sample;
        return new TableProfile
        {
            Rows = _rows,
            Columns = [.. _names.Select(name => _columns[name].Build(sample.Find(name)))],
            DuplicateRows = _rowHashes.Repeats,
            DuplicateRowsExact = _rowHashes.IsExact,
            EmptyRows = _emptyRows,
            DuplicateColumns = [.. from i in Enumerable.Range(0, _names.Count)
                                   from j in Enumerable.Range(i + 1, _names.Count - i - 1)
                                   where _columns[_names[i]].Sequence == _columns[_names[j]].Sequence
                                   select new ColumnPair(_names[i], _names[j], 1)],
            Correlations = ColumnPairs.Correlations(sample),
            OneToOne = ColumnPairs.OneToOne(sample),
            SampleRows = sample.RowCount,
        };
    }
}
