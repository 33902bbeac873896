using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Transformers.Reading;

// An object of a JSON file with its place. What is wrong is kept, so that the user hears of every point at once. A null is a key that is absent.
sealed class JsonSection
{
    readonly JsonElement _element;
    readonly string _file;
    readonly string _path;
    readonly List<string> _problems;

    public JsonSection(JsonElement element, string file)
        : this(element, file, "", [])
    {
    }

    JsonSection(JsonElement element, string file, string path, List<string> problems)
    {
        _element = element;
        _file = file;
        _path = path;
        _problems = problems;
    }

    public JsonElement? Find(string key) =>
        _element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public JsonSection? Section(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonSection(value, _file, $"{_path}{key}.", _problems)
        : Wrong<JsonSection>(key, value, "An object");

    public string? Text(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Wrong<string>(key, value, "A text");

    public bool? Flag(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong<string>(key, value, "true or false");
        return null;
    }

    public int? Integer(string key, int least = 1)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least)
        {
            return number;
        }

        Wrong<string>(key, value, $"A whole number from {least}");
        return null;
    }

    public double? Number(string key, double least)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= least)
        {
            return number;
        }

        Wrong<string>(key, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A number from {least}"));
        return null;
    }

    // One whole number or a list of them.
    public ImmutableArray<int> Integers(string key)
    {
        if (Find(key) is not { } value)
        {
            return [];
        }

        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= 0))
        {
            return [.. items.Select(item => item.GetInt32())];
        }

        Wrong<string>(key, value, "A whole number from 0 or a list of them");
        return [];
    }

    public int RequiredInteger(string key)
    {
        if (Find(key) is null)
        {
            Problem(key, "is missing. A whole number from 1 is expected. Use the file that came with the weights.");
        }

        return Integer(key) ?? 1;
    }

    public void Problem(string key, string text) => _problems.Add($"{_file}: '{_path}{key}' {text}");

    public void ThrowProblems()
    {
        if (_problems.Count > 0)
        {
            throw new UserErrorException(string.Join('\n', _problems));
        }
    }

    T? Wrong<T>(string key, JsonElement value, string expected)
        where T : class
    {
        var found = value.GetRawText();
        Problem(key, $"is {(found.Length > 60 ? found[..60] + "..." : found)}. {expected} is expected. Use the file that came with the weights.");
        return null;
    }
}
