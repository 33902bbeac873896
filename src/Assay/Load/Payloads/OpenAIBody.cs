using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Load.Payloads;

/// <summary>Writes prompts as bodies of the OpenAI protocols: greedy, as a stream with its usage.</summary>
public sealed record OpenAIBody
{
    static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Chat, Completions, Responses or Embeddings.</summary>
    public required LoadProtocol Protocol { get; init; }

    /// <summary>The model's name on the wire.</summary>
    public required string Model { get; init; }

    /// <summary>At most so many tokens in an answer, where the prompt does not say. Default 64.</summary>
    public int MaxTokens { get; init; } = 64;

    /// <summary>
    /// Asks for <c>ignore_eos</c>, which vLLM, SGLang, llama.cpp and the simulator know, so that answers are as long as asked; a shorter one is then
    /// truncated. Default false: OpenAI's own service refuses it.
    /// </summary>
    public bool ForceLength { get; init; }

    /// <summary>Default true. Embeddings are never streamed.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>One message of a user, or one text.</summary>
    public LoadRequest Write(Prompt prompt) => Write([prompt.Text], prompt.AnswerTokens);

    /// <summary>A conversation.</summary>
    /// <param name="turns">Of the user, of the assistant, of the user, ...; other protocols than chat get one text with a line between two turns.</param>
    /// <param name="answerTokens">As of <see cref="Prompt.AnswerTokens"/>.</param>
    public LoadRequest Write(IReadOnlyList<ReadOnlyMemory<byte>> turns, int? answerTokens)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var body = new ArrayBufferWriter<byte>(turns.Sum(turn => turn.Length) + 320);
        var tokens = answerTokens ?? MaxTokens;
        using (var writer = new Utf8JsonWriter(body, _options))
        {
            writer.WriteStartObject();
            writer.WriteString("model", Model);
            WritePrompt(writer, turns);
            if (Protocol != LoadProtocol.Embeddings)
            {
                WriteGeneration(writer, tokens);
            }

            writer.WriteEndObject();
        }

        return new LoadRequest(body.WrittenMemory, ForceLength && Protocol is LoadProtocol.Chat or LoadProtocol.Completions ? tokens : null);
    }

    void WritePrompt(Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> turns)
    {
        if (Protocol != LoadProtocol.Chat)
        {
            writer.WriteString(Protocol == LoadProtocol.Completions ? "prompt"u8 : "input"u8, turns.Count == 1 ? turns[0].Span : Joined(turns));
            return;
        }

        writer.WriteStartArray("messages");
        for (var i = 0; i < turns.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("role", i % 2 == 0 ? "user" : "assistant");
            writer.WriteString("content"u8, turns[i].Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    void WriteGeneration(Utf8JsonWriter writer, int tokens)
    {
        writer.WriteNumber(Protocol == LoadProtocol.Responses ? "max_output_tokens" : "max_tokens", tokens);
        writer.WriteNumber("temperature", 0);
        if (Stream)
        {
            writer.WriteBoolean("stream", true);
        }

        if (Protocol == LoadProtocol.Responses)
        {
            return;
        }

        if (Stream)
        {
            writer.WriteStartObject("stream_options");
            writer.WriteBoolean("include_usage", true);
            writer.WriteEndObject();
        }

        if (ForceLength)
        {
            writer.WriteBoolean("ignore_eos", true);
        }
    }

    static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>> turns)
    {
        var text = new ArrayBufferWriter<byte>(turns.Sum(turn => turn.Length + 1));
        for (var i = 0; i < turns.Count; i++)
        {
            text.Write(i == 0 ? [] : "\n"u8);
            text.Write(turns[i].Span);
        }

        return text.WrittenSpan.ToArray();
    }
}
