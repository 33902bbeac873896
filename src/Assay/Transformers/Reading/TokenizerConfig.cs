using System.Text;
using System.Text.Json;

namespace Assay.Transformers.Reading;

// tokenizer_config.json, of which only the chat template and the tokens it names are used.
static class TokenizerConfig
{
    public static ChatTemplate? ChatTemplate(ReadOnlyMemory<byte>? config, ReadOnlyMemory<byte>? template, Func<string, string> placeOf)
    {
        var place = placeOf("tokenizer_config.json");
        using var document = config is { } json ? JsonFile.Parse(json, place) : null;
        var (bos, eos) = (Token(document, "bos_token"), Token(document, "eos_token"));
        if (template is { } file)
        {
            return Transformers.ChatTemplate.Parse(Encoding.UTF8.GetString(file.Span), placeOf("chat_template.jinja"), bos, eos);
        }

        return Source(document) is { } source ? Transformers.ChatTemplate.Parse(source, $"{place}: 'chat_template'", bos, eos) : null;
    }

    // A text, or an object with its text as 'content'.
    static string? Token(JsonDocument? document, string key) => document is null || !document.RootElement.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out var content) ? content.ToString()
        : null;

    // A text, or a list of named templates, of which the one named 'default' counts.
    static string? Source(JsonDocument? document)
    {
        if (document is null || !document.RootElement.TryGetProperty("chat_template", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            value = value.EnumerateArray().FirstOrDefault(named => named.ValueKind == JsonValueKind.Object && named.TryGetProperty("name", out var name) && name.ValueEquals("default"));
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("template", out var template) ? template.GetString() : null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
