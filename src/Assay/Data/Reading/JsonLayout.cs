using System.Text.Json;

namespace Assay.Data.Reading;

/// <summary>Where the rows of a JSON text are.</summary>
/// <param name="Depth">Of the objects that are rows: 0 one after the other, 1 in an array, 2 in an array within one object.</param>
/// <param name="Property">Of that object, which holds the array.</param>
sealed record JsonLayout(int Depth, string? Property)
{
    public static JsonReaderOptions Options => new() { AllowMultipleValues = true };

    /// <summary>One object alone whose property holds an array of objects wraps its rows; any other object is a row.</summary>
    public static JsonLayout Detect(ReadOnlySpan<byte> sample, string source)
    {
        if (sample.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
        {
            return new JsonLayout(1, null);
        }

        var name = source.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? source[..^3] : source;
        var isLines = name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);
        return !isLines && Wrapping(sample) is { } property ? new JsonLayout(2, property) : new JsonLayout(0, null);
    }

    static string? Wrapping(ReadOnlySpan<byte> sample)
    {
        string? property = null;
        string? last = null;
        try
        {
            var reader = new Utf8JsonReader(sample, isFinalBlock: false, new JsonReaderState(Options));
            var before = JsonTokenType.None;
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName })
                {
                    last = reader.GetString();
                }
                else if (reader is { CurrentDepth: 2, TokenType: JsonTokenType.StartObject } && before == JsonTokenType.StartArray)
                {
                    property ??= last;
                }
                else if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject })
                {
                    return sample[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty ? property : null;
                }

                before = reader.TokenType;
            }
        }
        catch (JsonException)
        {
            // The reading itself finds it again and names the row.
        }

        return property;
    }
}
