using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Web.Reporting.Samples;

/// <summary>A sample's texts as the browser shows them.</summary>
static class SampleText
{
    const int KeptAtEachEnd = 2000;

    static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>A prompt as it is, a chat turn by turn, anything else as JSON.</summary>
    public static string? OfInput(JsonNode? input) => input switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray { Count: > 0 } turns when turns.All(turn => Turn(turn) is not null) => string.Join("\n\n", turns.Select(Turn)),
        _ => input.ToJsonString(_indented),
    };

    /// <summary>Of a long text both ends, and how much was left out: the question of a prompt stands last, the gist of an answer often too.</summary>
    public static string? Cut(string? text)
    {
        if (text is null || text.Length <= (2 * KeptAtEachEnd) + 200)
        {
            return text;
        }

        var head = KeptAtEachEnd - (char.IsHighSurrogate(text[KeptAtEachEnd - 1]) ? 1 : 0);
        var tail = text.Length - KeptAtEachEnd + (char.IsLowSurrogate(text[^KeptAtEachEnd]) ? 1 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}\n[… {tail - head} characters are left out here; the store has the whole text …]\n{text.AsSpan(tail)}");
    }

    static string? Turn(JsonNode? turn) =>
        turn is JsonObject { Count: 2 } && turn["role"] is JsonValue role && role.TryGetValue<string>(out var name) && turn["content"] is JsonValue content && content.TryGetValue<string>(out var text)
            ? $"{name}:\n{text}"
            : null;
}
