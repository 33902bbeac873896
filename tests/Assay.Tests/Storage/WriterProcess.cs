using System.Diagnostics;

namespace Assay.Tests.Storage;

/// <summary>A real process that writes a run (tests/Assay.StoreWriter), to be killed.</summary>
public sealed class WriterProcess : IDisposable
{
    readonly Process _process;

    public WriterProcess(string store, string run, int records, int pauseMilliseconds, int first = 0)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Assay.StoreWriter.dll");
        var arguments = new[] { program, store, run, $"{records}", $"{pauseMilliseconds}", $"{first}" };
        Taken = first;
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    /// <summary>How many records its log took, as far as it was read.</summary>
    public int Taken { get; private set; }

    /// <summary>Reads until this many records were taken or the writer ended.</summary>
    public async Task ReadAsync(int records, CancellationToken cancellationToken)
    {
        // A killed writer may leave half a line.
        while (Taken < records && await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            Taken += line == $"{Taken}" ? 1 : 0;
        }
    }

    /// <summary>SIGKILL; then what it had said before.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await ReadAsync(int.MaxValue, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(int.MaxValue, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
