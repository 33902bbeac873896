using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Tokens as the protocol writes them.</summary>
static class TokenNames
{
    /// <summary>Its text; of a part of a character <c>bytes:\xe4\xbd</c>.</summary>
    public static string Of(Tokenizer tokenizer, int id)
    {
        var bytes = tokenizer.BytesOf(id);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : "bytes:" + string.Concat(bytes.ToArray().Select(value => $"\\x{value:x2}"));
    }

    // JSON has no infinity; vLLM's stand-in for it.
    public static float Finite(float logProbability) => Math.Max(logProbability, -9999);

    public static void WriteBytes(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteStartArray("bytes");
        foreach (var value in bytes)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }
}
