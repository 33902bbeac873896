using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Transformers;
using Assay.Web.Serving;

namespace Assay.Tests.Web;

/// <summary>The built-in model behind the OpenAI protocol, on a socket of its own.</summary>
sealed class TinyServer : IAsyncDisposable
{
    readonly Transformer _model;
    readonly InferenceEngine _engine;
    readonly OpenAIServer _server;

    TinyServer(Transformer model, InferenceEngine engine, OpenAIServer server)
    {
        (_model, _engine, _server) = (model, engine, server);
        Http = new HttpClient { BaseAddress = server.Address };
    }

    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    public Tokenizer Tokenizer => _model.Tokenizer;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TinyServer> StartAsync(InferenceOptions? inference = null, OpenAIServerOptions? options = null, string? folder = null)
    {
        var model = folder is null ? Transformer.Tiny() : Transformer.Load(folder);
        var engine = new InferenceEngine(model, inference ?? new InferenceOptions { Threads = 1 });
        var server = await OpenAIServer.StartAsync(new ServedLanguageModel("tiny", model, engine), options ?? new OpenAIServerOptions(), TimeProvider.System, Token);
        return new TinyServer(model, engine, server);
    }

    public async Task<(HttpStatusCode Status, JsonNode Reply)> PostAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!);
    }

    public Task<HttpResponseMessage> SendAsync(string path, string json, string type = "application/json")
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>The data of all events, with [DONE] at its end.</summary>
    public async Task<List<string>> StreamAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(item =>
        {
            Assert.StartsWith("data: ", item, StringComparison.Ordinal);
            return item["data: ".Length..];
        })];
    }

    /// <summary>A metric's value by its name with labels, or by its name alone.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync("/metrics", Token);
        var line = text.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        _model.Dispose();
    }
}
