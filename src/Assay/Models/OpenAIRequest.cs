using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>Bodies of requests to the OpenAI protocol.</summary>
static class OpenAIRequest
{
    // Nothing goes into HTML; a text in another script is not to grow sixfold.
    static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Stops that every service takes.</summary>
    public const int CommonStops = 4;

    /// <summary>As lm-evaluation-harness asks for the log-probabilities of a prompt: one token is generated, as some services refuse to generate none.</summary>
    public static byte[] WriteEcho(string model, string prompt)
    {
        var body = new ArrayBufferWriter<byte>(prompt.Length + 256);
        using (var writer = new Utf8JsonWriter(body, _options))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model);
            writer.WriteString("prompt", prompt);
            writer.WriteNumber("max_tokens", 1);
            writer.WriteNumber("temperature", 0);
            writer.WriteNumber("logprobs", 1);
            writer.WriteBoolean("echo", true);
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <param name="model">The name on the wire.</param>
    /// <param name="form">What the body is for.</param>
    /// <param name="turns">The prompt: joined to one text, or message by message.</param>
    /// <param name="generation">Stops, length and temperature.</param>
    /// <param name="stream">With the usage at its end.</param>
    /// <param name="seed">Null for none.</param>
    public static byte[] Write(string model, PromptForm form, ImmutableArray<PromptTurn> turns, GenerationOptions generation, bool stream, ulong? seed)
    {
        var body = new ArrayBufferWriter<byte>(turns.Sum(turn => turn.Content.Length) + 256);
        using (var writer = new Utf8JsonWriter(body, _options))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model);
            WritePrompt(writer, form, turns);
            writer.WriteNumber("max_tokens", generation.MaxTokens);
            writer.WriteNumber("temperature", generation.Temperature);
            if (generation.TopP is { } share)
            {
                writer.WriteNumber("top_p", share);
            }

            WriteStop(writer, generation.Until);
            if (seed is { } number)
            {
                // 31 bits: some services take no more.
                writer.WriteNumber("seed", number & int.MaxValue);
            }

            if (stream)
            {
                writer.WriteBoolean("stream", true);
                writer.WriteStartObject("stream_options");
                writer.WriteBoolean("include_usage", true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    static void WritePrompt(Utf8JsonWriter writer, PromptForm form, ImmutableArray<PromptTurn> turns)
    {
        if (form == PromptForm.Completions)
        {
            writer.WriteString("prompt", PromptTurn.Join(turns));
            return;
        }

        writer.WriteStartArray("messages");
        foreach (var turn in turns)
        {
            writer.WriteStartObject();
            writer.WriteString("role", turn.Role);
            writer.WriteString("content", turn.Content);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void WriteStop(Utf8JsonWriter writer, ImmutableArray<string> stops)
    {
        if (stops.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("stop");
        foreach (var stop in stops)
        {
            writer.WriteStringValue(stop);
        }

        writer.WriteEndArray();
    }
}
