using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Answers of one JSON object.</summary>
static class ApiJson
{
    // Nothing here goes into HTML; texts in other scripts stay readable and short.
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(body, WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    public static Task WriteProblemAsync(HttpContext context, ApiProblem problem)
    {
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, problem.Status, writer => WriteProblem(writer, problem));
    }

    public static void WriteProblem(Utf8JsonWriter writer, ApiProblem problem)
    {
        writer.WriteStartObject("error");
        writer.WriteString("message", problem.Message);
        writer.WriteString("type", problem.Type);
        writer.WriteString("param", problem.Param);
        writer.WriteString("code", problem.Code);
        writer.WriteEndObject();
    }

    public static void WriteUsage(Utf8JsonWriter writer, int prompt, int completion)
    {
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", prompt);
        writer.WriteNumber("completion_tokens", completion);
        writer.WriteNumber("total_tokens", prompt + completion);
        writer.WriteEndObject();
    }

    public static string NameOf(Transformers.FinishReason? reason) => reason == Transformers.FinishReason.Length ? "length" : "stop";
}
