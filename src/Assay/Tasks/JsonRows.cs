using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Tasks;

/// <summary>Rows from JSON text; every error has the file and the line.</summary>
static class JsonRows
{
    static readonly JsonReaderOptions _options = new() { MaxDepth = 256 };

    static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The object of one line, null when the line is blank.</summary>
    public static Document? ReadLine(ReadOnlySpan<byte> line, string path, int number)
    {
        if (number == 1 && line.StartsWith(Mark))
        {
            line = line[Mark.Length..];
        }

        if (IsBlank(line))
        {
            return null;
        }

        return Guard(line, path, number, (ref reader) =>
        {
            reader.Read();
            var document = ReadDocument(ref reader, path, number);
            return !reader.Read() ? document : throw new JsonException("more than one value on the line");
        });
    }

    /// <summary>A line that is no row.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => line.TrimStart(" \t\r"u8).IsEmpty;

    /// <summary>The rows of a whole file.</summary>
    public static IReadOnlyList<Document> ReadAll(ReadOnlySpan<byte> json, string path, string? field)
    {
        json = json.StartsWith(Mark) ? json[Mark.Length..] : json;
        if (json.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
        {
            return Guard(json, path, 1, (ref reader) =>
            {
                reader.Read();
                var rows = ReadArray(ref reader, path);
                reader.Read();
                return rows;
            });
        }

        return IsOneValue(json) ? Guard(json, path, 1, (ref reader) => ReadObject(ref reader, path, field)) : ReadLines(json, path);
    }

    static List<Document> ReadLines(ReadOnlySpan<byte> json, string path)
    {
        var rows = new List<Document>();
        var number = 0;
        foreach (var range in json.Split((byte)'\n'))
        {
            if (ReadLine(json[range], path, ++number) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    static bool IsOneValue(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, _options);
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            // Broken inside one value that spans lines: reading it whole gives the better message.
            return !FirstLineIsWhole(json);
        }
    }

    static bool FirstLineIsWhole(ReadOnlySpan<byte> json)
    {
        var end = json.IndexOf((byte)'\n');
        try
        {
            var reader = new Utf8JsonReader(end < 0 ? json : json[..end], _options);
            reader.Read();
            reader.Skip();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static List<Document> ReadObject(ref Utf8JsonReader reader, string path, string? field)
    {
        var tables = new OrderedDictionary<string, List<Document>>(StringComparer.Ordinal);
        var whole = reader;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray && (field is null ? HoldsObjects(reader) : name == field))
            {
                tables[name] = ReadArray(ref reader, path);
            }
            else
            {
                reader.Skip();
            }
        }

        if (tables.Count == 0 && field is null)
        {
            whole.Read();
            return [ReadDocument(ref whole, path, 1)];
        }

        return tables.Count == 1
            ? tables.GetAt(0).Value
            : throw new UserErrorException(tables.Count == 0
                ? $"{path}: there is no array '{field}' in the object. Correct 'field', or leave it out."
                : $"{path}: the object has several arrays of rows: {string.Join(", ", tables.Keys)}. Say which by 'field: NAME' in dataset_kwargs.");
    }

    static bool HoldsObjects(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    static List<Document> ReadArray(ref Utf8JsonReader reader, string path)
    {
        var rows = new List<Document>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            rows.Add(ReadDocument(ref reader, $"{path}[{rows.Count}]", null));
        }

        return rows;
    }

    static Document ReadDocument(ref Utf8JsonReader reader, string path, int? line)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException(
                $"found {reader.TokenType} where an object was expected; a row is an object, and a file that is one array is named .json");
        }

        return new Document(line is null ? path : $"{path}:{line}", JsonValue.ReadObject(ref reader));
    }

    delegate T Reading<T>(ref Utf8JsonReader reader);

    static T Guard<T>(ReadOnlySpan<byte> json, string path, int firstLine, Reading<T> read)
    {
        var reader = new Utf8JsonReader(json, _options);
        try
        {
            return Utf8.IsValid(json) ? read(ref reader) : throw new JsonException("the text is not UTF-8; save the file as UTF-8");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // JsonException repeats its place in its message; ours is the line of the file.
            var line = firstLine + (int)((problem as JsonException)?.LineNumber ?? json[..(int)reader.BytesConsumed].Count((byte)'\n'));
            var text = problem.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new UserErrorException($"{path}:{line}: broken JSON: {text}. Mend or remove the line.", problem);
        }
    }
}
