using System.Text;
using System.Text.Json;

namespace Assay.Data.Reading;

/// <summary>Puts the properties of one object into the columns of a chunk; a name that is new becomes a column.</summary>
sealed class JsonRowParser(TableAssembler assembler)
{
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly List<byte[]> _names = [];
    int[] _setInRow = [];
    int _row;
    byte[] _scratch = new byte[1024];

    /// <summary>What is wrong with the row; null when it is in the chunk at <see cref="Chunk.Rows"/>.</summary>
    public string? Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, Chunk chunk)
    {
        _row++;
        Known();
        string? problem = null;
        var seen = chunk.Parts.ConvertAll(part => part.Seen);
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = expected < _names.Count && reader.ValueTextEquals(_names[expected]) ? expected : Find(reader.GetString()!, chunk);
            expected = column + 1;
            _ = reader.Read();
            _setInRow[column] = _row;
            var part = chunk.Parts[column];
            if (!TryAdd(ref reader, text, part, chunk.Rows))
            {
                problem ??= $"'{part.Plan.Name}' is not {part.Plan.Expected}, and its type was given. Correct the value, or leave the type out.";
            }
        }

        for (var i = 0; i < chunk.Parts.Count; i++)
        {
            if (problem is not null && i < seen.Count)
            {
                chunk.Parts[i].Seen = seen[i];
            }

            if (_setInRow[i] != _row)
            {
                chunk.Parts[i].AddMissing(chunk.Rows);
            }
        }

        return problem;
    }

    void Known()
    {
        for (var i = _names.Count; i < assembler.Plans.Count; i++)
        {
            _names.Add(Encoding.UTF8.GetBytes(assembler.Plans[i].Name));
            _index.Add(assembler.Plans[i].Name, i);
        }

        if (_setInRow.Length < _names.Count)
        {
            Array.Resize(ref _setInRow, 2 * _names.Count);
        }
    }

    int Find(string name, Chunk chunk)
    {
        if (_index.TryGetValue(name, out var column))
        {
            return column;
        }

        column = assembler.AddColumn(name);
        Known();
        assembler.Extend(chunk);
        for (var row = 0; row < chunk.Rows; row++)
        {
            chunk.Parts[column].AddMissing(row);
        }

        return column;
    }

    bool TryAdd(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ColumnPart part, int row)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            part.AddMissing(row);
            return true;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return TryAddText(Unescaped(ref reader), part, row);
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var start = (int)reader.TokenStartIndex;
            _ = reader.TrySkip(); // the whole row is in the buffer
            return TryAddText(text[start..(int)reader.BytesConsumed], part, row);
        }

        return part.TryAdd(row, reader.ValueSpan);
    }

    // A string stays a text even where it looks like a number, unless the column's type was given; a date has no other way to be written.
    static bool TryAddText(ReadOnlySpan<byte> value, ColumnPart part, int row)
    {
        if (part.TryAddMissing(row, value))
        {
            return true;
        }

        if (part.Plan.Wanted is not null)
        {
            return part.TryAdd(row, value);
        }

        if (part.Storage is CellStorage.Numbers or CellStorage.Longs && DateParser.Parse(value, out var ticks) is not CellKinds.None and var date)
        {
            return part.TryAdd(row, date, double.NaN, ticks);
        }

        part.AddText(row, value);
        return true;
    }

    ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_scratch.Length < reader.ValueSpan.Length)
        {
            _scratch = new byte[reader.ValueSpan.Length];
        }

        return _scratch.AsSpan(0, reader.CopyString(_scratch));
    }
}
