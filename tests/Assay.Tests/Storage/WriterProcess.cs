using System.Diagnostics;
using System.Globalization;

namespace Assay.Tests.Storage;

/// <summary>A real process that writes a run (tests/Assay.StoreWriter), to be killed.</summary>
public sealed class WriterProcess : IDisposable
{
    readonly Process _process;

    public WriterProcess(string store, string run, int records, int pauseMilliseconds)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Assay.StoreWriter.dll");
        var arguments = new[] { program, store, run, $"{records}", $"{pauseMilliseconds}" };
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    /// <summary>When each record was taken, by its number, as <see cref="TimeProvider.GetTimestamp"/> of the system counts.</summary>
    public List<long> Taken { get; } = [];

    /// <summary>Reads until this many records were taken or the writer ended.</summary>
    public async Task ReadAsync(int records, CancellationToken cancellationToken)
    {
        while (Taken.Count < records && await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            // A killed writer may leave half a line.
            if (line.Split(' ') is [var number, { Length: > 0 } time] && number == $"{Taken.Count}")
            {
                Taken.Add(long.Parse(time, CultureInfo.InvariantCulture));
            }
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
