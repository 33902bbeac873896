using System.CommandLine;
using System.Runtime.InteropServices;

namespace Assay.Cli;

/// <summary>What every command shares: exit codes, how mistakes are told, and Ctrl+C.</summary>
static class CommandLine
{
    public const int Done = 0;
    public const int GateBroken = 1;
    public const int WrongInput = 2;
    public const int Incomplete = 3;
    public const int Cancelled = 130;

    /// <summary>The first Ctrl+C (or SIGTERM) asks the command to end and keep what was done; the second ends the process.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        var command = parsed.CommandResult.Command.Name;
        var json = args.Contains("--json");
        if (parsed.Errors.Count > 0)
        {
            return ConsoleOutput.Problems(json, command, [.. parsed.Errors.Select(error => $"{error.Message} See 'assay {command} --help'.")]);
        }

        using var cancelled = new CancellationTokenSource();
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !cancelled.IsCancellationRequested;
            cancelled.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancelled.Token).ConfigureAwait(false);
        }
        catch (UserErrorException e)
        {
            return ConsoleOutput.Problems(json, command, [e.Message]);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return Cancelled;
        }
    }
}
