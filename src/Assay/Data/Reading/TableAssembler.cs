namespace Assay.Data.Reading;

/// <summary>
/// Puts chunks together to a table. What cells are is only known at the end of the file: where a chunk kept a column in another way
/// than the whole file wants, the file is read again with what was learnt.
/// </summary>
sealed class TableAssembler(string source, ReadOptions options, Utf8Marks marks)
{
    const int MostNamed = 20;

    readonly List<ColumnPlan> _plans = [];
    readonly List<CellTally> _tallies = [];
    readonly List<SkippedRow> _named = [];
    List<ColumnSink> _sinks = [];
    bool _keeps = true;
    long _skipped;
    long _filled;

    public IReadOnlyList<ColumnPlan> Plans => _plans;

    /// <summary>Rows since the last <see cref="Restart"/> or <see cref="Take"/>.</summary>
    public int Rows { get; private set; }

    public long RowsInAll { get; private set; }

    /// <summary>The line that comes next, from 1.</summary>
    public long Line { get; set; } = 1;

    public bool IsSpoiled => _sinks.Exists(sink => sink.IsSpoiled);

    public int AddColumn(string name)
    {
        var plan = new ColumnPlan(name, options.Types is { } types && types.TryGetValue(name, out var type) ? type : null);
        _plans.Add(plan);
        _tallies.Add(new CellTally(marks));
        return _plans.Count - 1;
    }

    /// <summary>Begins a reading of the file.</summary>
    /// <param name="keeps">False: only the kinds of the columns are wanted.</param>
    /// <param name="capacity">Rows that are expected.</param>
    public void Restart(bool keeps, int capacity)
    {
        (_keeps, _skipped, _filled, Rows, RowsInAll) = (keeps, 0, 0, 0, 0);
        _named.Clear();
        _tallies.ForEach(tally => tally.Clear());
        _sinks = [.. _plans.Select(plan => new ColumnSink(plan, plan.Storage, Math.Max(capacity, 1), keeps))];
    }

    /// <summary>Parts for the columns as they are known now.</summary>
    public void Prepare(Chunk chunk)
    {
        chunk.Clear();
        Extend(chunk);
    }

    /// <summary>Parts for columns that the chunk does not have yet.</summary>
    public void Extend(Chunk chunk)
    {
        for (var i = 0; i < _plans.Count; i++)
        {
            // A column that mixes numbers and texts can only become texts: its cells are not needed before the next reading.
            var plan = _plans[i];
            var storage = i >= _sinks.Count || !_sinks[i].IsSpoiled ? (i < _sinks.Count ? _sinks[i].Storage : plan.Storage)
                : plan.Storage == CellStorage.Codes ? CellStorage.Nothing : plan.Storage;
            if (i >= chunk.Parts.Count)
            {
                chunk.Parts.Add(new ColumnPart(plan, storage, marks));
            }
            else if (chunk.Parts[i].Storage != storage)
            {
                chunk.Parts[i] = new ColumnPart(plan, storage, marks);
            }
        }
    }

    /// <summary>Adds what the cells of a chunk are to what is known.</summary>
    public static void Learn(Chunk chunk)
    {
        foreach (var part in chunk.Parts)
        {
            part.Plan.Seen |= part.Seen;
        }
    }

    public void Append(Chunk chunk)
    {
        AppendNotes(chunk);
        Append(chunk, 0, chunk.Rows);
    }

    /// <summary>What a chunk tells beside its rows.</summary>
    public void AppendNotes(Chunk chunk)
    {
        if (chunk.Fault is { } fault)
        {
            throw new UserErrorException($"{source}:{Line + fault.Line}: {fault.Reason}");
        }

        Learn(chunk);
        foreach (var (i, part) in chunk.Parts.Index())
        {
            _tallies[i].Add(part.Tally);
        }

        foreach (var row in chunk.Named.Take(MostNamed - _named.Count))
        {
            _named.Add(row with { Line = row.Line + Line });
        }

        _skipped += chunk.Skipped;
        _filled += chunk.Filled;
        Line += chunk.Lines;
    }

    /// <summary>Some of its rows.</summary>
    public void Append(Chunk chunk, int start, int count)
    {
        for (var i = 0; i < chunk.Parts.Count; i++)
        {
            if (i >= _sinks.Count)
            {
                var sink = new ColumnSink(_plans[i], _plans[i].Storage, Math.Max(Rows + count, 1024), _keeps);
                sink.AddMissing(Rows);
                _sinks.Add(sink);
            }

            _sinks[i].Append(chunk.Parts[i], start, count);
        }

        Rows = checked(Rows + count);
        RowsInAll += count;
    }

    /// <summary>The rows so far as a table; the next one begins.</summary>
    public Table Take(string dialect, int capacity)
    {
        if (_sinks.Find(sink => sink.IsSpoiled) is { } spoiled)
        {
            throw new UserErrorException($"{source}: column '{spoiled.Plan.Name}' changed its type between two readings. The file was written to. Read it when it is complete.");
        }

        var table = new Table([.. _sinks.Select(sink => sink.Build())]) { Notes = Notes(dialect) };
        Rows = 0;
        _sinks = capacity == 0 ? [] : [.. _plans.Select(plan => new ColumnSink(plan, plan.Storage, capacity, keeps: true))];
        return table;
    }

    /// <summary>Fixes the kinds for batches.</summary>
    public void Decide()
    {
        foreach (var sink in _sinks)
        {
            sink.Decide();
        }
    }

    ReadNotes Notes(string dialect) => new(dialect, _skipped, _filled, [.. _named]) { Cells = [.. _plans.Zip(_tallies).SelectMany(pair => pair.Second.Of(pair.First.Name))] };
}
