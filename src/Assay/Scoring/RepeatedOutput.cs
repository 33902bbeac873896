using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Models;

namespace Assay.Scoring;

/// <summary>Several outputs for one prompt as they are stored: a JSON list of texts, null where there is none.</summary>
static partial class RepeatedOutput
{
    static readonly OutputContext _context = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(IEnumerable<Response> responses) =>
        JsonSerializer.Serialize([.. responses.Select(response => response.Text)], _context.StringArray);

    /// <summary>Null when the text is no such list.</summary>
    public static ImmutableArray<string?>? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, _context.StringArray) is { Length: > 0 } texts ? [.. texts] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(string?[]))]
    sealed partial class OutputContext : JsonSerializerContext;
}
