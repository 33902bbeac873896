using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

/// <summary>The real command in a process of its own, in a folder of its own.</summary>
sealed class AssayProcess : IDisposable
{
    readonly Process _process;
    readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> _errors = [];
    string? _awaited;

    public AssayProcess(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _seen.TrySetException(new InvalidOperationException($"The command ended before it printed '{_awaited}'."));
        _process.Start();
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<AssayResult> RunAsync(string folder, params string[] arguments)
    {
        using var process = new AssayProcess(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Ends when a line of standard error contains the text.</summary>
    public Task SeeAsync(string text)
    {
        _awaited = text;
        lock (_errors)
        {
            if (_errors.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                _seen.TrySetResult();
            }
        }

        return _seen.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next line of standard output.</summary>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Ends when the command does, however it does.</summary>
    public Task ExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<AssayResult> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        lock (_errors)
        {
            return new AssayResult(_process.ExitCode, output, [.. _errors]);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.Add(line);
                if (_awaited is not null && line.Contains(_awaited, StringComparison.Ordinal))
                {
                    _seen.TrySetResult();
                }
            }
        }
    }
}

/// <summary>What a command left behind.</summary>
sealed record AssayResult(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    public JsonNode Json => JsonNode.Parse(Output)!;
}
