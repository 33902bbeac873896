using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>The paths of the protocol.</summary>
sealed class OpenAIRoutes(ServedLanguageModel model, OpenAIServerOptions options, TimeProvider time)
{
    readonly ServingMetrics _metrics = new();
    readonly long _started = time.GetUtcNow().ToUnixTimeSeconds();
    readonly string _run = time.GetUtcNow().Ticks.ToString("x", CultureInfo.InvariantCulture);
    long _requests;

    public void Map(IEndpointRouteBuilder routes)
    {
        var generations = new Generations(model.Engine, _metrics, time);
        var tokens = new TokenEndpoint(model);
        routes.MapPost("/v1/chat/completions", context => PostAsync(context, "chatcmpl", new ChatEndpoint(model, generations, options.MaxChoices).AnswerAsync));
        routes.MapPost("/v1/completions", context => PostAsync(context, "cmpl", new CompletionEndpoint(model, generations, options.MaxChoices).AnswerAsync));
        routes.MapPost("/tokenize", context => PostAsync(context, "", (_, fields, _) => tokens.TokenizeAsync(context, fields)));
        routes.MapPost("/detokenize", context => PostAsync(context, "", (_, fields, _) => tokens.DetokenizeAsync(context, fields)));
        routes.MapGet("/v1/models", context => ApiJson.WriteAsync(context, 200, WriteModels));
        routes.MapGet("/v1/models/{**name}", DescribeAsync);
        routes.MapGet("/health", context => ApiJson.WriteAsync(context, 200, writer => writer.WriteString("status", "ok")));
        routes.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(PrometheusText.Of(model.Name, model.Engine.Statistics, _metrics), context.RequestAborted);
        });
        routes.MapFallback(context => ApiJson.WriteProblemAsync(context, new ApiProblem(
            404, "invalid_request_error", $"There is no {context.Request.Method} {context.Request.Path}. Expected POST /v1/chat/completions, /v1/completions, /tokenize, /detokenize "
            + "or GET /v1/models, /health, /metrics.", code: "not_found")));
    }

    async Task PostAsync(HttpContext context, string kind, Func<HttpContext, RequestFields, ReplyHead, Task> answer)
    {
        try
        {
            var fields = RequestFields.Parse(await BodyAsync(context.Request).ConfigureAwait(false));
            if (fields.Text("model") is { } name && name != model.Name)
            {
                throw Unknown(name);
            }

            var id = $"{kind}-{_run}-{Interlocked.Increment(ref _requests)}";
            await answer(context, fields, new ReplyHead(id, time.GetUtcNow().ToUnixTimeSeconds(), model.Name)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer to.
        }
        catch (Exception exception) when (!context.Response.HasStarted && exception is not (BadHttpRequestException or IOException))
        {
            await ApiJson.WriteProblemAsync(context, ApiProblem.Of(exception)).ConfigureAwait(false);
        }
    }

    async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiProblem(415, "invalid_request_error", $"The content type is '{request.ContentType}'; expected application/json.");
        }

        return await RequestBody.ReadAsync(request, options.MaxBodyBytes).ConfigureAwait(false)
            ?? throw new ApiProblem(413, "invalid_request_error", $"The body is longer than {options.MaxBodyBytes} bytes. Send fewer prompts in a request.");
    }

    Task DescribeAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return name == model.Name ? ApiJson.WriteAsync(context, 200, WriteModel) : ApiJson.WriteProblemAsync(context, Unknown(name));
    }

    ApiProblem Unknown(string name) =>
        new(404, "invalid_request_error", $"There is no model '{name}'. Served: {model.Name}.", "model", "model_not_found");

    void WriteModels(Utf8JsonWriter writer)
    {
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        writer.WriteStartObject();
        WriteModel(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    void WriteModel(Utf8JsonWriter writer)
    {
        writer.WriteString("id", model.Name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", _started);
        writer.WriteString("owned_by", "assay");
        writer.WriteNumber("max_model_len", model.Engine.ContextLength);
    }
}
