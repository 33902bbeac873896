using System.Globalization;
using System.Text.Json;
using Assay.Web.Serving.OpenAI;

namespace Assay.Web.Simulation.Replies;

/// <summary><c>/v1/responses</c>: named events, numbered in their order; the last has the whole response, and no [DONE] follows.</summary>
sealed class ResponseForm(string model, long created) : ReplyForm
{
    public override void Begin(Answer answer)
    {
        Event(answer, "response.created", 0, writer => WriteResponse(writer, answer, "in_progress"));
        Event(answer, "response.output_item.added", 1, writer =>
        {
            writer.WriteNumber("output_index", 0);
            writer.WritePropertyName("item");
            WriteItem(writer, answer, "in_progress", null);
        });
        Event(answer, "response.content_part.added", 2, writer =>
        {
            WritePlace(writer, answer);
            writer.WritePropertyName("part");
            WritePart(writer, "");
        });
    }

    public override void Tokens(Answer answer, int from, int count) => Event(answer, "response.output_text.delta", 3 + answer.Chunks, writer =>
    {
        WritePlace(writer, answer);
        writer.WriteString("delta", Words.Text(from, count));
    });

    public override void End(Answer answer)
    {
        var (next, text) = (3 + answer.Chunks, Words.Text(0, answer.Written));
        Event(answer, "response.output_text.done", next, writer =>
        {
            WritePlace(writer, answer);
            writer.WriteString("text", text);
        });
        Event(answer, "response.content_part.done", next + 1, writer =>
        {
            WritePlace(writer, answer);
            writer.WritePropertyName("part");
            WritePart(writer, text);
        });
        Event(answer, "response.output_item.done", next + 2, writer =>
        {
            writer.WriteNumber("output_index", 0);
            writer.WritePropertyName("item");
            WriteItem(writer, answer, Status(answer), text);
        });
        Event(answer, $"response.{Status(answer)}", next + 3, writer => WriteResponse(writer, answer, Status(answer)));
    }

    public override void Error(Answer answer) => Event(answer, "error", 3 + answer.Chunks, writer =>
    {
        writer.WriteString("code", "server_error");
        writer.WriteString("message", "The engine failed.");
        writer.WriteNull("param");
    });

    public override void WriteWhole(Utf8JsonWriter writer, Answer answer) => WriteMembers(writer, answer, Status(answer));

    static string Status(Answer answer) => answer.FinishReason == "length" ? "incomplete" : "completed";

    static string Id(string prefix, Answer answer) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{answer.Number:x16}");

    void WriteResponse(Utf8JsonWriter writer, Answer answer, string status)
    {
        writer.WriteStartObject("response");
        WriteMembers(writer, answer, status);
        writer.WriteEndObject();
    }

    void WriteMembers(Utf8JsonWriter writer, Answer answer, string status)
    {
        writer.WriteString("id", Id("resp", answer));
        writer.WriteString("object", "response");
        writer.WriteNumber("created_at", created);
        writer.WriteString("status", status);
        writer.WriteNull("error");
        writer.WritePropertyName("incomplete_details");
        if (status == "incomplete")
        {
            writer.WriteStartObject();
            writer.WriteString("reason", "max_output_tokens");
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("model", model);
        writer.WriteStartArray("output");
        if (status != "in_progress")
        {
            WriteItem(writer, answer, status, Words.Text(0, answer.Written));
        }

        writer.WriteEndArray();
        WriteUsage(writer, answer, status);
    }

    static void WriteUsage(Utf8JsonWriter writer, Answer answer, string status)
    {
        if (status == "in_progress")
        {
            writer.WriteNull("usage");
            return;
        }

        writer.WriteStartObject("usage");
        writer.WriteNumber("input_tokens", answer.PromptTokens);
        writer.WriteStartObject("input_tokens_details");
        writer.WriteNumber("cached_tokens", answer.CachedTokens);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens", answer.Usage);
        writer.WriteStartObject("output_tokens_details");
        writer.WriteNumber("reasoning_tokens", 0);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens", answer.PromptTokens + answer.Usage);
        writer.WriteEndObject();
    }

    static void WriteItem(Utf8JsonWriter writer, Answer answer, string status, string? text)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id("msg", answer));
        writer.WriteString("type", "message");
        writer.WriteString("status", status);
        writer.WriteString("role", "assistant");
        writer.WriteStartArray("content");
        if (text is not null)
        {
            WritePart(writer, text);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WritePlace(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteString("item_id", Id("msg", answer));
        writer.WriteNumber("output_index", 0);
        writer.WriteNumber("content_index", 0);
    }

    static void WritePart(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "output_text");
        writer.WriteString("text", text);
        writer.WriteStartArray("annotations");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Event(Answer answer, string type, int number, Action<Utf8JsonWriter> members)
    {
        var output = answer.Output;
        var start = output.BeginChunk();
        output.Write(Bytes($"event: {type}\ndata: "));
        using (var writer = new Utf8JsonWriter(output, ApiJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteNumber("sequence_number", number);
            members(writer);
            writer.WriteEndObject();
        }

        output.Write("\n\n"u8);
        output.EndChunk(start);
    }
}
