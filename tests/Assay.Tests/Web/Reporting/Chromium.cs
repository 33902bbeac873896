using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Tests.Web.Reporting;

/// <summary>A real browser and one page of it, by the DevTools protocol. Not thread-safe.</summary>
sealed class Chromium : IAsyncDisposable
{
    static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    readonly Process _process;
    readonly ClientWebSocket _socket = new();
    readonly string _profile;
    readonly List<JsonNode> _events = [];
    int _last;
    string? _session;

    Chromium(Process process, string profile)
    {
        (_process, _profile) = (process, profile);
    }

    /// <summary>What the page complained of: exceptions, errors of the console, violations of its policy.</summary>
    public IEnumerable<string> Complaints => _events.Where(IsComplaint).Select(item => item.ToJsonString());

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<Chromium> OpenAsync(string url)
    {
        var path = _names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "skipped: no Chromium (Debian: apt-get install chromium)");
        var profile = Directory.CreateTempSubdirectory("assay-chromium-").FullName;
        var start = new ProcessStartInfo(path, [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var browser = new Chromium(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        while (!browser._events.Exists(item => (string?)item["method"] == "Page.loadEventFired"))
        {
            await browser.ReceiveAsync();
        }

        return browser;
    }

    /// <summary>What an expression gives, as JSON; promises are awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.Null(answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]?["value"];
    }

    /// <summary>Ends when the expression is true: the page looks at every frame.</summary>
    public Task<JsonNode?> UntilAsync(string expression) =>
        EvaluateAsync($"new Promise(done => {{ const look = () => ({expression}) ? done(true) : setTimeout(look, 10); look(); }})");

    public async Task PressAsync(string key, string? text = null)
    {
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = key, ["text"] = text ?? (key == "Enter" ? "\r" : "") });
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    async Task ConnectAsync()
    {
        const string Listening = "DevTools listening on ";
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith(Listening, StringComparison.Ordinal) == false);
        await _socket.ConnectAsync(new Uri(line![Listening.Length..]), TestContext.Current.CancellationToken);
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string?)target["targetId"], ["flatten"] = true });
        _session = (string?)attached["sessionId"];
        foreach (var domain in new[] { "Page", "Runtime", "Log" })
        {
            await SendAsync($"{domain}.enable", []);
        }
    }

    async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters, ["sessionId"] = _session };
        if (_session is null)
        {
            message.Remove("sessionId");
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        while (true)
        {
            var answer = await ReceiveAsync();
            if ((int?)answer["id"] == id)
            {
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
            }
        }
    }

    async Task<JsonNode> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var node = JsonNode.Parse(message.ToArray())!;
        if (node["method"] is not null)
        {
            _events.Add(node);
        }

        return node;
    }

    static bool IsComplaint(JsonNode item) => (string?)item["method"] switch
    {
        "Runtime.exceptionThrown" => true,
        "Log.entryAdded" => (string?)item["params"]!["entry"]!["level"] is "error" or "warning",
        "Runtime.consoleAPICalled" => (string?)item["params"]!["type"] is "error" or "warning",
        _ => false,
    };
}
