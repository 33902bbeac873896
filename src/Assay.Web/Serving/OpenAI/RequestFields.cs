using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Assay.Web.Serving.OpenAI;

/// <summary>The members of one JSON object of a request. What is absent and what is null are alike; a member of a wrong type is named.</summary>
sealed class RequestFields(JsonElement body, string path = "")
{
    public static RequestFields Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RequestFields(document.RootElement.Clone())
                : throw ApiProblem.Wrong(null, $"The body is {Found(document.RootElement)}; expected a JSON object.");
        }
        catch (JsonException exception)
        {
            throw ApiProblem.Wrong(null, $"The body is not valid JSON: {exception.Message}", "invalid_json");
        }
    }

    public JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public string? Text(string name) => Find(name) is not { } value ? null : TextOf(value, Path(name));

    public bool Flag(string name, bool absent = false) => Find(name) switch
    {
        null => absent,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(name, other, "true or false"),
    };

    public double? Number(string name, double low, double high) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && number >= low && number <= high => number,
        { } other => throw Wrong(name, other, string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}")),
    };

    public long? Whole(string name, long low, long high = long.MaxValue) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when WholeOf(value) is { } number && number >= low && number <= high => number,
        { } other => throw Wrong(name, other, high == long.MaxValue ? (low == long.MinValue ? "a whole number" : $"a whole number from {low}") : $"a whole number from {low} to {high}"),
    };

    public RequestFields? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new RequestFields(value, Path(name)),
        { } other => throw Wrong(name, other, "an object"),
    };

    /// <summary>A text or a list of texts; null when absent.</summary>
    public ImmutableArray<string>? Texts(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => [TextOf(value, Path(name))],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select((item, i) => TextOf(item, $"{Path(name)}[{i}]"))],
        { } other => throw Wrong(name, other, "a text or a list of texts"),
    };

    public string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public ApiProblem Wrong(string name, JsonElement found, string expected) =>
        ApiProblem.Wrong(Path(name), $"'{Path(name)}' is {Found(found)}; expected {expected}.");

    public static string TextOf(JsonElement value, string path)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw ApiProblem.Wrong(path, $"'{path}' is {Found(value)}; expected a text.");
        }
        catch (InvalidOperationException)
        {
            throw ApiProblem.Wrong(path, $"'{path}' holds half of a surrogate pair; expected whole characters.");
        }
    }

    public static string Found(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? "an object"
        : value.ValueKind == JsonValueKind.Array ? "a list"
        : value.ValueKind == JsonValueKind.String ? "a text"
        : value.GetRawText();

    // 16.0 is whole too: some clients write all numbers alike.
    static long? WholeOf(JsonElement value) => value.TryGetInt64(out var number) ? number
        : value.TryGetDouble(out var real) && Math.Floor(real) == real && Math.Abs(real) <= 1L << 53 ? (long)real : null;
}
