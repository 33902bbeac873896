using System.Text.Json;

namespace Assay.Running;

/// <summary>One line of a file of prompts.</summary>
static class PromptLine
{
    /// <summary>Of a JSON object its prompt, text, question or the content of its first message; any other line is the prompt itself.</summary>
    public static string TextOf(string line)
    {
        if (!line.StartsWith('{'))
        {
            return line;
        }

        try
        {
            var json = JsonElement.Parse(line);
            foreach (var name in (string[])["prompt", "text", "question"])
            {
                if (json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                {
                    return text.GetString()!;
                }
            }

            return json.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array && messages.GetArrayLength() > 0
                && messages[0].ValueKind == JsonValueKind.Object && messages[0].TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
                ? content.GetString()!
                : line;
        }
        catch (JsonException)
        {
            return line;
        }
    }
}
