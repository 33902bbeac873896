using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Assay.Load.Recording;
using Assay.Load.Validity;

namespace Assay.Load.Sharding;

/// <summary>
/// A load made by several processes on this machine: each makes its part, all start at one time of the monotonic clock, and their results are put
/// together from their event logs, exchange by exchange, so that nothing is averaged.
/// </summary>
public static class ShardedLoad
{
    // Time for a line to reach every process before the start it tells.
    static readonly TimeSpan _notice = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the processes, which call <see cref="ShardWorker.RunAsync"/>, and waits for their ends.</summary>
    /// <param name="processes">How many.</param>
    /// <param name="start">The command of one of them: which part it is, and the log it must leave. Its input, output and errors are redirected here.</param>
    /// <param name="log">Takes one event log of the whole; null for none.</param>
    /// <param name="time">As of the load generator.</param>
    /// <param name="progress">Told of the sums.</param>
    /// <param name="cancellationToken">Ends the load early; the result has what was done.</param>
    /// <exception cref="UserErrorException">A process ended before its start or left no log; the message has its errors.</exception>
    public static async Task<LoadResult> RunAsync(
        int processes, Func<Shard, string, ProcessStartInfo> start, string? log, TimeProvider time, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(time);
        var folder = Directory.CreateTempSubdirectory("assay-load-");
        var sum = new ProgressSum(processes, time, progress);
        var parts = Enumerable.Range(0, processes).Select(i => new Part(new Shard(i, processes), Path.Combine(folder.FullName, $"{i}.alog"), start, sum)).ToArray();
        try
        {
            await Task.WhenAll(parts.Select(part => part.ReadyAsync(cancellationToken))).ConfigureAwait(false);
            sum.Start();
            var at = time.GetTimestamp() + (long)(_notice.TotalSeconds * time.TimestampFrequency);
            Array.ForEach(parts, part => part.Tell(at.ToString(CultureInfo.InvariantCulture)));
            using (cancellationToken.Register(() => Array.ForEach(parts, part => part.Stop())))
            {
                await Task.WhenAll(parts.Select(part => part.EndAsync())).ConfigureAwait(false);
            }

            var paths = Array.ConvertAll(parts, part => part.Log);
            var result = Merge([.. paths.Select(path => EventLog.Read(path))]);
            if (log is not null)
            {
                LogJoin.Write(log, paths, result);
            }

            return result;
        }
        finally
        {
            Array.ForEach(parts, part => part.Dispose());
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One result of the parts of one load, which started together: exchanges by their scheduled time, counts and histograms added up.</summary>
    public static LoadResult Merge(ImmutableArray<LoadResult> parts)
    {
        var exchanges = new ExchangeTable();
        var gaps = new DurationHistogram();
        foreach (var part in parts)
        {
            foreach (var exchange in part.Exchanges)
            {
                exchanges.Append(exchange);
            }

            gaps.Add(part.Gaps);
        }

        exchanges.Sort();
        var clients = parts.Select(part => part.Health?.Measured).OfType<ClientMeasurements>().ToArray();
        return parts[0] with
        {
            Planned = parts.Sum(part => part.Planned),
            Exchanges = exchanges,
            Gaps = gaps,
            Started = parts.Min(part => part.Started),
            Elapsed = parts.Max(part => part.Elapsed),
            Window = parts.Max(part => part.Window),
            Cancelled = parts.Any(part => part.Cancelled),
            Health = clients.Length == parts.Length ? ClientVerdict.Judge(Merge(clients)) : null,
        };
    }

    // What one of them suffered, the whole suffered; what they used, they used together.
    static ClientMeasurements Merge(ClientMeasurements[] clients)
    {
        DurationHistogram sendLag = new(), readLag = new();
        Array.ForEach(clients, client => sendLag.Add(client.SendLag));
        Array.ForEach(clients, client => readLag.Add(client.ReadLag));
        return new ClientMeasurements
        {
            Elapsed = clients.Max(client => client.Elapsed),
            BusiestThread = clients.Max(client => client.BusiestThread),
            Cpu = clients.Aggregate(TimeSpan.Zero, (sum, client) => sum + client.Cpu),
            Cores = clients.Max(client => client.Cores),
            SendLag = sendLag,
            ReadLag = readLag,
            GarbagePause = clients.Max(client => client.GarbagePause),
            Collections = clients.Sum(client => client.Collections),
            ThreadPoolQueue = clients.Max(client => client.ThreadPoolQueue),
            Connections = clients.Sum(client => client.Connections),
            NoSocket = clients.Sum(client => client.NoSocket),
            LostRecords = clients.Sum(client => client.LostRecords),
        };
    }

    /// <summary>One of the processes.</summary>
    sealed class Part : IDisposable
    {
        readonly Process _process;
        readonly Shard _shard;
        readonly ProgressSum _sum;
        readonly Task<string> _errors;

        public Part(Shard shard, string log, Func<Shard, string, ProcessStartInfo> start, ProgressSum sum)
        {
            (_shard, Log, _sum) = (shard, log, sum);
            var command = start(shard, log);
            (command.RedirectStandardInput, command.RedirectStandardOutput, command.RedirectStandardError) = (true, true, true);
            _process = Process.Start(command)!;
            _errors = _process.StandardError.ReadToEndAsync();
        }

        public string Log { get; }

        public async Task ReadyAsync(CancellationToken cancellationToken)
        {
            if (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) != ShardWorker.Ready)
            {
                throw new UserErrorException($"Process {_shard.Index + 1} of {_shard.Count} ended before the load began: {(await _errors.ConfigureAwait(false)).Trim()}");
            }
        }

        public void Tell(string line)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }

        public void Stop() => _process.StandardInput.Close();

        public async Task EndAsync()
        {
            while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                _sum.Note(_shard.Index, line);
            }

            await _process.WaitForExitAsync().ConfigureAwait(false);
            if (!File.Exists(Log))
            {
                throw new UserErrorException($"Process {_shard.Index + 1} of {_shard.Count} left no result: {(await _errors.ConfigureAwait(false)).Trim()}");
            }
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
}
