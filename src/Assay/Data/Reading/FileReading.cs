using System.Text;

namespace Assay.Data.Reading;

/// <summary>One reading of a file, from its bytes to tables.</summary>
sealed class FileReading
{
    const int SampleSize = 1 << 18;

    readonly ByteSource _source;
    readonly ReadOptions _options;
    CsvLayout? _layout; // null for JSON
    JsonLayout? _json;
    readonly TableAssembler _assembler;

    FileReading(ByteSource source, ReadOptions options)
    {
        (_source, _options) = (source, options);
        _assembler = Begin();
    }

    public static T Of<T>(string path, ReadOptions? options, Func<FileReading, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(path, () => Open(path), options, read);
    }

    public static T Of<T>(string name, Func<Stream> open, ReadOptions? options, Func<FileReading, T> read)
    {
        options ??= new ReadOptions();
        var source = Guard(name, null, () => new ByteSource(name, open, options));
        FileReading? reading = null;
        while (true)
        {
            try
            {
                return Guard(name, () => reading, () => read(reading = new FileReading(source, options)));
            }
            catch (Exception exception) when (exception is DecoderFallbackException or BadBytesException)
            {
                if (!source.TryChinese())
                {
                    throw source.BadEncoding(exception);
                }
            }
        }
    }

    public static IEnumerable<Table> Batches(string path, int rows, ReadOptions? options, CancellationToken cancellationToken)
    {
        var reading = Of(path, options, reading =>
        {
            reading.LearnTypes(cancellationToken);
            return reading;
        });
        using var tables = reading.Parts(rows, cancellationToken).GetEnumerator();
        while (Guard(path, () => reading, tables.MoveNext))
        {
            yield return tables.Current;
        }
    }

    public IReadOnlyList<string> ReadNames()
    {
        if (_layout is not null)
        {
            return _layout.Names;
        }

        LearnTypes(CancellationToken.None);
        return [.. _assembler.Plans.Select(plan => plan.Name)];
    }

    public Table ReadAll(CancellationToken cancellationToken)
    {
        Peek(cancellationToken);

        // What a second reading knows of the types cannot change again: the first one has seen every cell.
        Pass(keeps: true, cancellationToken);
        if (_assembler.IsSpoiled)
        {
            Pass(keeps: true, cancellationToken);
        }

        RequireRows();
        return _assembler.Take(Dialect, capacity: 0);
    }

    string Dialect => (_layout?.Describe(_source.EncodingName) ?? $"json, {_source.EncodingName}") + (_source.IsCompressed ? ", compressed" : "");

    void LearnTypes(CancellationToken cancellationToken)
    {
        Peek(cancellationToken);
        Pass(keeps: false, cancellationToken);
        if (_assembler.IsSpoiled)
        {
            Pass(keeps: false, cancellationToken);
        }

        RequireRows();
        _assembler.Decide();
    }

    void RequireRows()
    {
        if (_assembler.RowsInAll == 0)
        {
            throw new UserErrorException(_layout is { HasHeader: true }
                ? $"{_source.Name}: there is a header and no row. Expected at least one row below it."
                : $"{_source.Name}: there is no row. Expected at least one.");
        }
    }

    // What the first chunk holds is mostly what the file holds: then one reading is enough.
    void Peek(CancellationToken cancellationToken)
    {
        using var stream = _source.Open();
        _assembler.Restart(keeps: false, 0);
        if (Chunks(stream, cancellationToken).FirstOrDefault() is { } chunk)
        {
            TableAssembler.Learn(chunk);
        }
    }

    void Pass(bool keeps, CancellationToken cancellationToken)
    {
        using var stream = _source.Open();
        _assembler.Restart(keeps, ExpectedRows());
        foreach (var chunk in Chunks(stream, cancellationToken))
        {
            if (chunk.IsBadlyEncoded)
            {
                throw new BadBytesException();
            }

            _assembler.Append(chunk);
        }
    }

    IEnumerable<Table> Parts(int rows, CancellationToken cancellationToken)
    {
        using var stream = _source.Open();
        _assembler.Restart(keeps: true, rows);
        foreach (var chunk in Chunks(stream, cancellationToken))
        {
            var taken = 0;
            _assembler.AppendNotes(chunk);
            while (taken < chunk.Rows)
            {
                var count = Math.Min(chunk.Rows - taken, rows - _assembler.Rows);
                _assembler.Append(chunk, taken, count);
                taken += count;
                if (_assembler.Rows == rows)
                {
                    yield return _assembler.Take(Dialect, rows);
                }
            }
        }

        if (_assembler.Rows > 0)
        {
            yield return _assembler.Take(Dialect, capacity: 0);
        }
    }

    IEnumerable<Chunk> Chunks(Stream stream, CancellationToken cancellationToken) => _layout is not null
        ? new CsvPass(_layout, _options, _assembler, _source.Name).Run(stream, cancellationToken)
        : new JsonPass(_json!, _options, _assembler, _source.Name).Run(stream, cancellationToken);

    // 2 % more than the first lines let expect: a column that must grow is copied.
    int ExpectedRows() => _layout is null || !_source.IsPlain ? 1024 : (int)Math.Min(int.MaxValue / 2, 16 + (1.02 * _source.Length / _layout.RowBytes));

    TableAssembler Begin()
    {
        var sample = Sample();
        var isJson = _options.Format is { } format ? format == TableFormat.Json : sample.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        if (isJson)
        {
            _json = JsonLayout.Detect(sample, _source.Name);
            return new TableAssembler(_source.Name, _options, new Utf8Marks(_options.MissingMarks ?? []));
        }

        _layout = CsvDetector.Detect(sample, _options, _source.Name);
        var assembler = new TableAssembler(_source.Name, _options, CsvDetector.MarksOf(_options));
        foreach (var name in _layout.Names)
        {
            assembler.AddColumn(name);
        }

        foreach (var name in _options.Types?.Keys.Except(_layout.Names) ?? [])
        {
            throw new UserErrorException(
                $"{_source.Name}: there is no column '{name}' to give a type to.{NearestName.Hint(name, _layout.Names)} The file has: {string.Join(", ", _layout.Names)}.");
        }

        return assembler;
    }

    byte[] Sample()
    {
        try
        {
            return _source.Sample(SampleSize);
        }
        catch (RowTooLongException exception)
        {
            throw new UserErrorException($"{_source.Name}:1: the first line is longer than {exception.Limit >> 20} MiB. Is it a table? If so, allow longer rows by MaxRowBytes.", exception);
        }
    }

    static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    });

    static T Guard<T>(string name, Func<FileReading?>? reading, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{name}: there is no such file. Expected a CSV or JSON file. Check the path.", exception);
        }
        catch (InvalidDataException exception)
        {
            var rows = reading?.Invoke()?._assembler.RowsInAll ?? 0;
            throw new UserErrorException($"{name}: the compressed content is damaged or ends early; {rows} rows were read until then. Fetch the file again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{name}: the file cannot be read: {exception.Message}", exception);
        }
    }
}
