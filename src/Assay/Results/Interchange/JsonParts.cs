using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Results.Interchange;

/// <summary>Keys of JSON that others wrote: what is absent, null or of another kind is null.</summary>
static class JsonParts
{
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 1000 };

    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Part(this JsonElement? element, string name) => element?.Part(name);

    /// <summary>A text as it is; numbers and truth values as JSON writes them.</summary>
    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar => scalar.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement element, string name) => element.Part(name).Text();

    public static double? Number(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.True } => 1,
        { ValueKind: JsonValueKind.False } => 0,
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) => value,
        _ => null,
    };

    public static int? Count(this JsonElement? element) => element.Number() is { } number and >= 0 and <= int.MaxValue ? (int)number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Keys(this JsonElement? element) => element is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    public static JsonNode? Node(this JsonElement? element) => element switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => JsonValue.Create(text.GetString()),
        { } other => JsonNode.Parse(other.GetRawText(), documentOptions: Options),
    };

    /// <summary>A whole file; what it is not is told with its path.</summary>
    public static JsonDocument Read(string path, Stream content)
    {
        try
        {
            return JsonDocument.Parse(content, Options);
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path}: it is not JSON: {e.Message} Expected a whole log. Export it again.", e);
        }
    }

    /// <summary>The objects of a file that is an array of them, or has one a line.</summary>
    public static IEnumerable<JsonElement> Rows(string path)
    {
        if (IsArray(path))
        {
            using var file = File.OpenRead(path);
            using var document = Read(path, file);
            foreach (var row in document.RootElement.EnumerateArray())
            {
                yield return row;
            }

            yield break;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                using var row = Line(path, number, line);
                yield return row.RootElement;
            }
        }
    }

    /// <summary>What a row must have.</summary>
    public static UserErrorException Missing(string path, int row, string key) =>
        new($"{path}: row {row + 1} has no '{key}'. Expected it in every row. Is the format right? Name it with --format.");

    static bool IsArray(string path)
    {
        using var reader = new StreamReader(path);
        int letter;
        do
        {
            letter = reader.Read();
        }
        while (letter >= 0 && char.IsWhiteSpace((char)letter));
        return letter == '[';
    }

    static JsonDocument Line(string path, int number, string line)
    {
        try
        {
            return JsonDocument.Parse(line, Options);
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path}:{number}: the line is not JSON: {e.Message} Expected one object a line.", e);
        }
    }
}
