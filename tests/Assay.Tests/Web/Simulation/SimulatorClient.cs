using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Web.Simulation;

namespace Assay.Tests.Web.Simulation;

/// <summary>A simulator on a socket of its own, and a client of it.</summary>
sealed class SimulatorClient(Simulator simulator) : IAsyncDisposable
{
    public const string Ask = """{"messages":[{"role":"user","content":"one two three"}],"stream":true}""";

    public Simulator Simulator => simulator;

    public HttpClient Http { get; } = new() { BaseAddress = simulator.Address };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static SimulatorClient Start(SimulatorOptions options) => new(Simulator.Start(options, TimeProvider.System));

    public async Task<(HttpStatusCode Status, JsonNode Reply)> PostAsync(string path, string json)
    {
        using var response = await Http.PostAsync(path, Content(json), Token);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!);
    }

    /// <summary>The data of all events but [DONE], which must end a stream that is not of responses.</summary>
    public async Task<List<JsonNode>> StreamAsync(string path, string json)
    {
        using var response = await Http.PostAsync(path, Content(json), Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync(Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(path != "/v1/responses", events[^1] == "data: [DONE]");
        return [.. events.Where(item => item != "data: [DONE]").Select(item => JsonNode.Parse(item[(item.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!)];
    }

    public async Task<JsonNode> TruthAsync() => JsonNode.Parse(await Http.GetStringAsync("/truth", Token))!;

    /// <summary>A metric's value by its name with labels, or by its name alone.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var line = (await Http.GetStringAsync("/metrics", Token)).Split('\n').First(line => line.StartsWith("vllm:" + name, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return simulator.DisposeAsync();
    }

    static StringContent Content(string json)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return content;
    }
}
