using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assay.Tests.Conformance;

/// <summary>llama.cpp's server with the small model of ../shared, on a port of its own; tests skip where it is not installed.</summary>
sealed class LlamaServer : IDisposable
{
    // Threads that wait by spinning take the cores from everything else.
    const string Options = "--threads 1 --threads-batch 1";

    readonly int _port;

    LlamaServer(int port)
    {
        _port = port;
    }

    public Uri Address => new($"http://127.0.0.1:{_port}/v1");

    public static async Task<LlamaServer> StartAsync()
    {
        // Installing takes minutes and a mirror: that is for 'llama-server.sh root', not for a test.
        var root = Environment.GetEnvironmentVariable("LLAMA_ROOT") ?? "/var/tmp/llama-root";
        if (!File.Exists(Path.Combine(root, "usr", "bin", "llama-server")))
        {
            Assert.Skip($"skipped: no llama-server under {root}; ../shared/tools/llama-server.sh root installs it");
        }

        var server = new LlamaServer(FreePort());
        var (code, text) = await ScriptAsync("start", server._port, Options);
        Assert.SkipUnless(code == 0, $"skipped: llama-server does not start here: {text}");
        return server;
    }

    public void Dispose() => ScriptAsync("stop", _port).GetAwaiter().GetResult();

    // Output goes to a file: the server inherits it, and a pipe would stay open as long as it runs.
    static async Task<(int Code, string Text)> ScriptAsync(string command, int port, string options = "")
    {
        var log = Path.GetTempFileName();
        using var process = Process.Start("bash", ["-c", $"exec \"$0\" {command} {port} {options} >\"$1\" 2>&1", SharedFolder.Find("tools", "llama-server.sh"), log]);
        await process.WaitForExitAsync(CancellationToken.None);
        var text = await File.ReadAllTextAsync(log, CancellationToken.None);
        File.Delete(log);
        return (process.ExitCode, text.Trim());
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
