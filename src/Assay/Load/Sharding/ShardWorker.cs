using System.Globalization;

namespace Assay.Load.Sharding;

/// <summary>
/// One of the processes of a <see cref="ShardedLoad"/>. It talks to the one that started it by lines: says <c>ready</c>, takes the timestamp at which to
/// start, says <c>sent ok failed</c> five times a second; the end of its input stops it.
/// </summary>
public static class ShardWorker
{
    internal const string Ready = "ready";

    /// <summary>Runs this process's part and leaves its event log.</summary>
    /// <param name="target">The whole load's target.</param>
    /// <param name="options">The whole load's options.</param>
    /// <param name="shard">Which part this is.</param>
    /// <param name="log">The file that the starting process asked for.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output; nothing else may write to it.</param>
    /// <param name="time">As of the load generator.</param>
    /// <param name="cancellationToken">Ends it early; what was done is in the log.</param>
    /// <exception cref="UserErrorException">As of the load generator.</exception>
    public static async Task RunAsync(
        LoadTarget target, LoadOptions options, Shard shard, string log, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = TextWriter.Synchronized(output);
        var part = options with
        {
            Log = log,
            Shard = shard with
            {
                Start = async stopping =>
                {
                    await lines.WriteLineAsync(Ready.AsMemory(), stopping).ConfigureAwait(false);
                    await lines.FlushAsync(stopping).ConfigureAwait(false);
                    var line = await input.ReadLineAsync(stopping).ConfigureAwait(false);
                    _ = StopAtEndAsync(input, stop);
                    return long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : throw new OperationCanceledException();
                },
            },
        };
        try
        {
            await LoadGenerator.RunAsync(target, part, time, new Told(lines), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ended before the start, for afterwards nothing is thrown: there is nothing to tell.
        }
    }

    static async Task StopAtEndAsync(TextReader input, CancellationTokenSource stop)
    {
        try
        {
            while (await input.ReadLineAsync(stop.Token).ConfigureAwait(false) is not null)
            {
            }

            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The run was over first.
        }
    }

    sealed class Told(TextWriter lines) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Sent} {value.Ok} {value.Failed}"));
            lines.Flush();
        }
    }
}
