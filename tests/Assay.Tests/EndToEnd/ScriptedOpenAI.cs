using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.EndToEnd;

/// <summary>A service of the OpenAI protocol on loopback that does what the test says and remembers what it was asked.</summary>
sealed class ScriptedOpenAI : IAsyncDisposable
{
    readonly WebApplication _app;

    ScriptedOpenAI(WebApplication app)
    {
        _app = app;
    }

    /// <summary>Of every request to be completed, in the order they came.</summary>
    public ConcurrentQueue<string> Prompts { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static string Completion(string text) =>
        new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["text"] = text, ["finish_reason"] = "stop" }) }.ToJsonString();

    public static async Task<ScriptedOpenAI> StartAsync(Func<HttpContext, JsonNode, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new ScriptedOpenAI(builder.Build());
        foreach (var path in new[] { "/v1/completions", "/v1/chat/completions" })
        {
            service._app.MapPost(path, async context =>
            {
                var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
                service.Prompts.Enqueue((string?)body["prompt"] ?? (string)body["messages"]!.AsArray()[^1]!["content"]!);
                await answer(context, body);
            });
        }

        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
