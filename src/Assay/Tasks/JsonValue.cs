using System.Text.Json;

namespace Assay.Tasks;

/// <summary>JSON as the values of a template. A whole number beyond 64 bits becomes a double; of a key that stands twice the last value counts.</summary>
static class JsonValue
{
    public static OrderedDictionary<string, object?> ReadObject(ref Utf8JsonReader reader)
    {
        var entries = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries[name] = Read(ref reader);
        }

        return entries;
    }

    static object? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return ReadObject(ref reader);
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return ReadArray(ref reader);
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var integer) ? (object)integer : reader.GetDouble();
        }

        return reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
    }

    static List<object?> ReadArray(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader));
        }

        return items;
    }
}
