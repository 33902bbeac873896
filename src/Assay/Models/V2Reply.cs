using System.Text;
using System.Text.Json;

namespace Assay.Models;

/// <summary>Reads what a V2 service answered to an inference request.</summary>
public static class V2Reply
{
    const int ShownCharacters = 200;

    /// <summary>Reads the output <c>probabilities</c>, nested or flat, into <paramref name="probabilities"/>.</summary>
    /// <param name="body">The whole body of a reply with a success status.</param>
    /// <param name="probabilities">Row by row; its length is what the reply must hold.</param>
    /// <returns>Null when all is well, else what is wrong with the body.</returns>
    public static string? ReadProbabilities(ReadOnlyMemory<byte> body, Span<float> probabilities)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("outputs", out var outputs) || outputs.ValueKind != JsonValueKind.Array)
            {
                return $"the body has no \"outputs\": {Shown(body.Span)}";
            }

            foreach (var output in outputs.EnumerateArray())
            {
                if (output.TryGetProperty("name", out var name) && name.ValueEquals("probabilities") && output.TryGetProperty("data", out var data))
                {
                    var count = Fill(data, probabilities, 0);
                    return count == probabilities.Length ? null : $"\"probabilities\" holds {count} numbers, expected {probabilities.Length}";
                }
            }

            return "there is no output \"probabilities\" with \"data\"";
        }
        catch (JsonException)
        {
            return $"the body is not JSON, or cut: {Shown(body.Span)}";
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            return "\"outputs\" is not a list of tensors of numbers";
        }
    }

    /// <summary>What a reply says of a failure: its "error", else the beginning of its text.</summary>
    public static string ErrorText(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("error").GetString() ?? Shown(body.Span);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Shown(body.Span);
        }
    }

    // One line, so that it fits into a message.
    internal static string Shown(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ShownCharacters)]);
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "(empty)" : body.Length > ShownCharacters ? text + "..." : text;
    }

    // Counts on past the end of the span, so that the message can tell how many there were.
    static int Fill(JsonElement data, Span<float> values, int count)
    {
        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                count = Fill(element, values, count);
                continue;
            }

            var value = element.GetSingle();
            if (!float.IsFinite(value))
            {
                throw new FormatException();
            }

            if (count < values.Length)
            {
                values[count] = value;
            }

            count++;
        }

        return count;
    }
}
