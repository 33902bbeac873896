using System.Collections.Immutable;
using System.Text.Json;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Reads what is to be continued.</summary>
static class Prompts
{
    /// <summary>A text, a list of token ids, or a list of either.</summary>
    public static ImmutableArray<ImmutableArray<int>> Completion(RequestFields fields, Tokenizer tokenizer)
    {
        if (fields.Find("prompt") is not { } prompt)
        {
            throw ApiProblem.Wrong("prompt", "'prompt' is missing; expected a text, a list of texts, a list of token ids, or a list of such lists.");
        }

        if (prompt.ValueKind != JsonValueKind.Array || IsIds(prompt))
        {
            return [One(fields, prompt, "prompt", tokenizer)];
        }

        return prompt.GetArrayLength() > 0
            ? [.. prompt.EnumerateArray().Select((item, i) => One(fields, item, $"prompt[{i}]", tokenizer))]
            : throw ApiProblem.Wrong("prompt", "'prompt' is an empty list; expected at least one prompt.");
    }

    /// <summary>The messages as the model's template writes them.</summary>
    public static string Chat(RequestFields fields, ServedLanguageModel model)
    {
        var template = model.Model.ChatTemplate
            ?? throw ApiProblem.Wrong("messages", $"The model '{model.Name}' has no chat template. Use /v1/completions.");
        if (fields.Find("messages") is not { ValueKind: JsonValueKind.Array } messages)
        {
            throw fields.Find("messages") is { } other
                ? fields.Wrong("messages", other, "a list of messages")
                : ApiProblem.Wrong("messages", "'messages' is missing; expected a list such as [{\"role\": \"user\", \"content\": \"...\"}].");
        }

        ChatTurn[] turns = [.. messages.EnumerateArray().Select(Turn)];
        if (turns.Length == 0)
        {
            throw ApiProblem.Wrong("messages", "'messages' is empty; expected at least one message.");
        }

        try
        {
            return template.Render(turns, fields.Flag("add_generation_prompt", true));
        }
        catch (UserErrorException problem)
        {
            throw ApiProblem.Wrong("messages", problem.Message);
        }
    }

    /// <summary>A list of ids that the vocabulary has.</summary>
    public static ImmutableArray<int> Ids(JsonElement list, string path, Tokenizer tokenizer) => [.. list.EnumerateArray().Select((item, i) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id) && id >= 0 && id < tokenizer.VocabularySize
            ? id
            : throw ApiProblem.Wrong($"{path}[{i}]", $"'{path}[{i}]' is {RequestFields.Found(item)}; expected a token id from 0 to {tokenizer.VocabularySize - 1}."))];

    static ImmutableArray<int> One(RequestFields fields, JsonElement prompt, string path, Tokenizer tokenizer)
    {
        var ids = prompt.ValueKind == JsonValueKind.Array
            ? Ids(prompt, path, tokenizer)
            : prompt.ValueKind == JsonValueKind.String
                ? ImmutableArray.Create(tokenizer.Encode(RequestFields.TextOf(prompt, path), fields.Flag("add_special_tokens", true)))
                : throw ApiProblem.Wrong(path, $"'{path}' is {RequestFields.Found(prompt)}; expected a text or a list of token ids.");
        return ids.IsEmpty ? throw ApiProblem.Wrong(path, $"'{path}' is empty; expected at least one token to continue.") : ids;
    }

    static bool IsIds(JsonElement list) => list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Number;

    static ChatTurn Turn(JsonElement message, int i)
    {
        var path = $"messages[{i}]";
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw ApiProblem.Wrong(path, $"'{path}' is {RequestFields.Found(message)}; expected an object with 'role' and 'content'.");
        }

        var fields = new RequestFields(message, path);
        var role = fields.Text("role") ?? throw ApiProblem.Wrong($"{path}.role", $"'{path}.role' is missing; expected system, user or assistant.");
        return fields.Find("content") switch
        {
            null => throw ApiProblem.Wrong($"{path}.content", $"'{path}.content' is missing; expected a text."),
            { ValueKind: JsonValueKind.Array } parts => new ChatTurn(role, string.Concat(parts.EnumerateArray().Select((part, at) => Part(part, $"{path}.content[{at}]")))),
            { } text => new ChatTurn(role, RequestFields.TextOf(text, $"{path}.content")),
        };
    }

    static string Part(JsonElement part, string path)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw ApiProblem.Wrong(path, $"'{path}' is {RequestFields.Found(part)}; expected an object such as {{\"type\": \"text\", \"text\": \"...\"}}.");
        }

        var fields = new RequestFields(part, path);
        return fields.Text("type") is "text" or null && fields.Text("text") is { } text
            ? text
            : throw ApiProblem.Wrong(path, $"'{path}' is no text; this model takes texts only.");
    }
}
