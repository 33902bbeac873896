using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Models;

/// <summary>A whole answer of the OpenAI protocol, or one event of a stream.</summary>
readonly record struct OpenAIReply
{
    /// <summary>What the first choice says; null when it says nothing.</summary>
    public string? Text { get; private init; }

    public string? Refusal { get; private init; }

    /// <summary>What came in a field of its own, <c>reasoning_content</c> or <c>reasoning</c>.</summary>
    public string? Reasoning { get; private init; }

    /// <summary>Of a prompt that was echoed; none where the service tells none, or lists of different lengths.</summary>
    public ImmutableArray<TokenProbability> Probabilities { get; private init; }

    /// <summary>Null in an event of a stream but its last.</summary>
    public string? FinishReason { get; private init; }

    /// <summary>The completion tokens of the usage; null where there is none.</summary>
    public int? Tokens { get; private init; }

    /// <summary>The prompt tokens of the usage; null where there is none.</summary>
    public int? PromptTokens { get; private init; }

    /// <summary>The service's own error; null when it has none.</summary>
    public string? Error { get; private init; }

    /// <summary>The HTTP status that the error amounts to; null when it does not tell.</summary>
    public int? ErrorStatus { get; private init; }

    /// <summary>The error is that nothing is left of what was paid for.</summary>
    public bool IsSpent { get; private init; }

    /// <summary>What is wrong with the JSON; null when it is as the protocol wants it.</summary>
    public string? Problem { get; private init; }

    public static OpenAIReply Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return new OpenAIReply { Problem = "the answer is no JSON object" };
            }

            if (Member(root, "error") is { } error)
            {
                return new OpenAIReply
                {
                    Error = error.ValueKind == JsonValueKind.String ? error.GetString() : TextOf(error, "message") ?? error.GetRawText(),
                    ErrorStatus = ServiceError.StatusOf(error),
                    IsSpent = ServiceError.IsSpent(error),
                };
            }

            if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices)
            {
                return new OpenAIReply { Problem = "the answer has no choices" };
            }

            var usage = Member(root, "usage");
            var reply = choices.GetArrayLength() == 0 ? new OpenAIReply() : OfChoice(choices[0]);
            return reply with { Tokens = Count(usage, "completion_tokens"), PromptTokens = Count(usage, "prompt_tokens") };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new OpenAIReply { Problem = "the answer is not valid JSON" };
        }
    }

    static OpenAIReply OfChoice(JsonElement choice)
    {
        var said = Member(choice, "message") ?? Member(choice, "delta");
        return new OpenAIReply
        {
            Text = said is { } message ? TextOf(message, "content") : TextOf(choice, "text"),
            Refusal = said is { } refusing ? TextOf(refusing, "refusal") : null,
            Reasoning = said is { } thinking ? TextOf(thinking, "reasoning_content") ?? TextOf(thinking, "reasoning") : null,
            Probabilities = Member(choice, "logprobs") is { ValueKind: JsonValueKind.Object } probabilities ? TokensOf(probabilities) : [],
            FinishReason = TextOf(choice, "finish_reason"),
        };
    }

    static ImmutableArray<TokenProbability> TokensOf(JsonElement lists)
    {
        if (List(lists, "tokens") is not { } texts || List(lists, "token_logprobs") is not { } values || List(lists, "text_offset") is not { } offsets
            || List(lists, "top_logprobs") is not { } tops || new[] { values, offsets, tops }.Any(list => list.GetArrayLength() != texts.GetArrayLength()))
        {
            return [];
        }

        return [.. Enumerable.Range(0, texts.GetArrayLength()).Select(i =>
        {
            double? value = values[i].ValueKind == JsonValueKind.Number ? values[i].GetDouble() : null;
            var isGreedy = tops[i].ValueKind == JsonValueKind.Object && tops[i].EnumerateObject().All(top => top.Value.GetDouble() <= value);
            return new TokenProbability(texts[i].GetString() ?? "", value, isGreedy, offsets[i].GetInt32());
        })];
    }

    static JsonElement? List(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.Array } list ? list : null;

    static int? Count(JsonElement? usage, string name) =>
        usage is { } there && Member(there, name) is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var number) ? number : null;

    static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    static string? TextOf(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
