namespace Assay.Load.Client;

/// <summary>The names in an answer that say something to us.</summary>
enum AnswerField
{
    Other,
    Choices,
    Text,
    Content,
    Reasoning,
    Tool,
    Refusal,
    Role,
    Finish,
    Usage,
    OutputTokens,
    InputTokens,
    CachedTokens,
    Error,
    Type,
    Delta,
    Response,
    Output,
    Status,
    Data,
    Embedding,
    Completed,
}

/// <summary>Finds a name by its bytes, its length first.</summary>
static class AnswerFields
{
    public static AnswerField Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("text"u8) => AnswerField.Text,
        4 when name.SequenceEqual("type"u8) => AnswerField.Type,
        4 when name.SequenceEqual("role"u8) => AnswerField.Role,
        4 when name.SequenceEqual("data"u8) => AnswerField.Data,
        5 when name.SequenceEqual("usage"u8) => AnswerField.Usage,
        5 when name.SequenceEqual("error"u8) => AnswerField.Error,
        5 when name.SequenceEqual("delta"u8) => AnswerField.Delta,
        6 when name.SequenceEqual("output"u8) => AnswerField.Output,
        6 when name.SequenceEqual("status"u8) => AnswerField.Status,
        7 when name.SequenceEqual("choices"u8) => AnswerField.Choices,
        7 when name.SequenceEqual("content"u8) => AnswerField.Content,
        7 when name.SequenceEqual("refusal"u8) => AnswerField.Refusal,
        8 when name.SequenceEqual("response"u8) => AnswerField.Response,
        9 when name.SequenceEqual("reasoning"u8) => AnswerField.Reasoning,
        9 when name.SequenceEqual("embedding"u8) => AnswerField.Embedding,
        10 when name.SequenceEqual("tool_calls"u8) => AnswerField.Tool,
        12 when name.SequenceEqual("input_tokens"u8) => AnswerField.InputTokens,
        13 when name.SequenceEqual("finish_reason"u8) => AnswerField.Finish,
        13 when name.SequenceEqual("prompt_tokens"u8) => AnswerField.InputTokens,
        13 when name.SequenceEqual("output_tokens"u8) => AnswerField.OutputTokens,
        13 when name.SequenceEqual("cached_tokens"u8) => AnswerField.CachedTokens,
        13 when name.SequenceEqual("function_call"u8) => AnswerField.Tool,
        17 when name.SequenceEqual("reasoning_content"u8) => AnswerField.Reasoning,
        17 when name.SequenceEqual("completion_tokens"u8) => AnswerField.OutputTokens,
        _ => AnswerField.Other,
    };

    /// <summary>What the type of an event of the responses protocol tells of its <c>delta</c>, or of the stream.</summary>
    public static AnswerField OfType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("response.output_text.delta"u8) || type.SequenceEqual("response.refusal.delta"u8) ? AnswerField.Text
        : type.SequenceEqual("response.reasoning_text.delta"u8) || type.SequenceEqual("response.reasoning_summary_text.delta"u8) ? AnswerField.Reasoning
        : type.SequenceEqual("response.function_call_arguments.delta"u8) ? AnswerField.Tool
        : type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8) ? AnswerField.Completed
        : type.SequenceEqual("response.failed"u8) || type.SequenceEqual("error"u8) ? AnswerField.Error
        : AnswerField.Other;
}
