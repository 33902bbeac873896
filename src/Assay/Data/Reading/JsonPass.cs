using System.Text.Json;

namespace Assay.Data.Reading;

/// <summary>Reads the objects of a JSON text once. Only the rows of one chunk and the object that is read are held.</summary>
sealed class JsonPass(JsonLayout layout, ReadOptions options, TableAssembler assembler, string source)
{
    const int ChunkRows = 4096;

    readonly JsonRowParser _rows = new(assembler);
    byte[] _buffer = new byte[1 << 18];
    int _start;
    int _end;
    int _objectStart; // what is read now
    bool _ended;
    bool _isInside = layout.Depth == 0;
    bool _isNext;
    JsonReaderState _state = new(JsonLayout.Options);

    /// <summary>The chunks, each good until the next one is asked for; the caller appends them.</summary>
    public IEnumerable<Chunk> Run(Stream stream, CancellationToken cancellationToken)
    {
        assembler.Line = 1;
        var chunk = new Chunk();
        assembler.Prepare(chunk);
        var (isDone, isUsed) = (false, true);
        while (!isDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isUsed)
            {
                Fill(stream);
            }

            isUsed = Guarded(chunk);
            isDone = isUsed && _ended;
            if (chunk.Rows >= ChunkRows || chunk.Fault is not null || (isDone && chunk.Lines > 0))
            {
                yield return chunk;
                assembler.Prepare(chunk);
            }
        }
    }

    // True when all of the buffer that can be used is used.
    bool Guarded(Chunk chunk)
    {
        try
        {
            return Parse(chunk);
        }
        catch (JsonException exception)
        {
            var reason = $"it is no valid JSON: {exception.Message.Split(" LineNumber", 2)[0]}";
            if (options.OnBadRow != OnBadRow.Fail && layout.Depth == 0)
            {
                // Objects one after the other stand on lines of their own: the next line is a new beginning.
                var line = _buffer.AsSpan(_objectStart, _end - _objectStart).TrimStart(" \r\n\t"u8);
                var next = line.IndexOf((byte)'\n');
                _start = next < 0 ? _end : _end - line.Length + next + 1;
                _state = new JsonReaderState(JsonLayout.Options);
                chunk.Skip(chunk.Lines++, reason);
                return next < 0;
            }

            throw new UserErrorException($"{source}: row {assembler.Line + chunk.Lines}: {reason} Correct the file.", exception);
        }
    }

    bool Parse(Chunk chunk)
    {
        var text = _buffer.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(text, _ended, _state);
        while (chunk.Rows < ChunkRows)
        {
            var before = reader;
            _objectStart = _start + (int)reader.BytesConsumed;
            if (!reader.Read())
            {
                Keep(in reader);
                return true;
            }

            if (!IsRow(ref reader))
            {
                continue;
            }

            var ahead = reader;
            if (!ahead.TrySkip())
            {
                Keep(in before);
                return true;
            }

            ParseRow(ref reader, text, chunk);
            if (chunk.Fault is not null)
            {
                return true;
            }

            reader = ahead;
        }

        Keep(in reader);
        return false;
    }

    void ParseRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, Chunk chunk)
    {
        var problem = reader.TokenType == JsonTokenType.StartObject
            ? _rows.Parse(ref reader, text, chunk)
            : "it is not an object. Expected {\"name\": value, ...}.";
        if (problem is null)
        {
            chunk.Rows++;
        }
        else if (options.OnBadRow == OnBadRow.Fail)
        {
            chunk.Fault = new SkippedRow(chunk.Lines, problem);
            return;
        }
        else
        {
            chunk.Skip(chunk.Lines, problem);
        }

        chunk.Lines++;
    }

    bool IsRow(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _isNext = depth == 1 && layout.Depth == 2 && reader.ValueTextEquals(layout.Property);
            return false;
        }

        if (layout.Depth > 0 && depth == layout.Depth - 1)
        {
            _isInside = reader.TokenType == JsonTokenType.StartArray && (layout.Depth == 1 || _isNext);
            return false;
        }

        return _isInside && depth == layout.Depth && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
    }

    void Keep(in Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
    }

    void Fill(Stream stream)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end > _buffer.Length / 2)
        {
            if (_buffer.Length >= options.MaxRowBytes)
            {
                throw new UserErrorException($"{source}: row {assembler.Line} is longer than {options.MaxRowBytes >> 20} MiB. Allow longer rows by MaxRowBytes.");
            }

            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        }

        var wanted = _buffer.Length - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), wanted, throwOnEndOfStream: false);
        _end += read;
        _ended = read < wanted;
    }
}
