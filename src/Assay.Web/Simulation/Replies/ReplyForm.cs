using System.Text;
using System.Text.Json;
using Assay.Web.Simulation.Http;

namespace Assay.Web.Simulation.Replies;

/// <summary>How one endpoint writes its answers, in events or whole. Texts that never change are bytes from the start.</summary>
abstract class ReplyForm
{
    /// <summary>Before the first tokens: what says the role.</summary>
    public abstract void Begin(Answer answer);

    /// <summary>An event with tokens.</summary>
    public abstract void Tokens(Answer answer, int from, int count);

    /// <summary>Why it ended, the usage, the end mark.</summary>
    public abstract void End(Answer answer);

    public abstract void WriteWhole(Utf8JsonWriter writer, Answer answer);

    public virtual void Error(Answer answer)
    {
        Event(answer.Output, """data: {"error":{"message":"The engine failed.","type":"server_error","param":null,"code":500}}"""u8);
        Done(answer.Output);
    }

    protected static void Done(Output output) => Event(output, "data: [DONE]"u8);

    protected static void Event(Output output, ReadOnlySpan<byte> lines)
    {
        var start = output.BeginChunk();
        output.Write(lines);
        output.Write("\n\n"u8);
        output.EndChunk(start);
    }

    protected static string Escape(string text) => JsonEncodedText.Encode(text).ToString();

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static void WriteUsage(Output output, Answer answer)
    {
        output.Write("\"usage\":{\"prompt_tokens\":"u8);
        output.Write(answer.PromptTokens);
        output.Write(",\"total_tokens\":"u8);
        output.Write(answer.PromptTokens + answer.Usage);
        output.Write(",\"completion_tokens\":"u8);
        output.Write(answer.Usage);
        output.Write(",\"prompt_tokens_details\":{\"cached_tokens\":"u8);
        output.Write(answer.CachedTokens);
        output.Write("}}"u8);
    }

    protected static void WriteUsage(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", answer.PromptTokens);
        writer.WriteNumber("total_tokens", answer.PromptTokens + answer.Usage);
        writer.WriteNumber("completion_tokens", answer.Usage);
        writer.WriteStartObject("prompt_tokens_details");
        writer.WriteNumber("cached_tokens", answer.CachedTokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
