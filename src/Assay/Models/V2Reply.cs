using System.Text;
using System.Text.Json;

namespace Assay.Models;

/// <summary>Reads what a V2 service answered to an inference request.</summary>
public static class V2Reply
{
    const int ShownCharacters = 200;

    /// <summary>Reads an output of numbers, nested or flat, into <paramref name="values"/>.</summary>
    /// <param name="body">The whole body of a reply with a success status.</param>
    /// <param name="wanted">The output's name, of <see cref="V2Tensors"/>.</param>
    /// <param name="values">Row by row; its length is what the reply must hold.</param>
    /// <returns>Null when all is well, else what is wrong with the body.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, string wanted, Span<float> values)
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
                if (output.TryGetProperty("name", out var name) && name.ValueEquals(wanted) && output.TryGetProperty("data", out var data))
                {
                    var count = Fill(data, values, 0);
                    return count == values.Length ? null : $"\"{wanted}\" holds {count} numbers, expected {values.Length}";
                }
            }

            return $"there is no output \"{wanted}\" with \"data\"";
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
