using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Server-sent events, one JSON object each; every one is on its way when its task ends.</summary>
sealed class EventStream(HttpContext context) : IDisposable
{
    readonly PipeWriter _output = context.Response.BodyWriter;
    readonly Utf8JsonWriter _json = new(Stream.Null, ApiJson.WriterOptions);

    public static EventStream Start(HttpContext context)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return new EventStream(context);
    }

    public async ValueTask SendAsync(Action<Utf8JsonWriter> members)
    {
        _output.Write("data: "u8);
        _json.Reset(_output);
        _json.WriteStartObject();
        members(_json);
        _json.WriteEndObject();
        await _json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    public async ValueTask DoneAsync()
    {
        _output.Write("data: [DONE]"u8);
        await EndAsync().ConfigureAwait(false);
    }

    public void Dispose() => _json.Dispose();

    async ValueTask EndAsync()
    {
        _output.Write("\n\n"u8);
        var flushed = await _output.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException("The client has gone.");
        }
    }
}
