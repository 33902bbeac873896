using Assay.Load.Client;
using Assay.Load.Recording;
using Assay.Load.Validity;
using Assay.Models;

namespace Assay.Load;

/// <summary>What the loops share while a run is on: the clock, the way to send, what came of it, and the end.</summary>
sealed class LoadRun : IDisposable
{
    /// <summary>After a cancellation, requests on their way have so long to end.</summary>
    static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    readonly LoadClient _client;
    readonly EventLogWriter? _log;
    readonly DurationHistogram[] _gaps;
    readonly DurationHistogram[] _latencies;
    readonly CancellationTokenSource _abort;
    readonly CancellationTokenRegistration _stopping;
    int _sent, _ok, _failed;
    long _stoppedTicks = -1;

    /// <param name="client">With nothing on its way.</param>
    /// <param name="log">Null for none.</param>
    /// <param name="time">Of the grace after a cancellation.</param>
    /// <param name="start">When the clock starts; null for now.</param>
    /// <param name="stop">Ends the run.</param>
    public LoadRun(LoadClient client, EventLogWriter? log, TimeProvider time, long? start, CancellationToken stop)
    {
        (_client, _log) = (client, log);
        _gaps = [.. client.Loops.Select(_ => new DurationHistogram())];
        _latencies = [.. client.Loops.Select(_ => new DurationHistogram())];
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        client.Clock.Start(start);
        client.Run = this;
        _stopping = stop.Register(Stop);
        _abort.Token.Register(() => Array.ForEach(client.Loops, loop => loop.GiveUp()));
    }

    public LoadTarget Target => _client.Target;

    /// <summary>All exchanges so far.</summary>
    public ExchangeTable Exchanges { get; } = new();

    /// <summary>Of the thread that keeps the schedule.</summary>
    public BusyTime Pacing { get; } = new();

    /// <summary>Since the start.</summary>
    public TimeSpan Now => _client.Clock.Now;

    /// <summary>When the run was cancelled, null as long as it is not. From then on no request is to be sent.</summary>
    public TimeSpan? Stopped => Volatile.Read(ref _stoppedTicks) is var ticks and >= 0 ? new TimeSpan(ticks) : null;

    public LoadProgress Progress
    {
        get
        {
            // Each is written by one thread, so its lock waits for nobody but this.
            var all = new DurationHistogram();
            foreach (var latencies in _latencies)
            {
                lock (latencies)
                {
                    all.Add(latencies);
                }
            }

            return new LoadProgress(Now > TimeSpan.Zero ? Now : TimeSpan.Zero, Volatile.Read(ref _sent), Volatile.Read(ref _ok), Volatile.Read(ref _failed))
            {
                LatencyP50 = all.Quantile(0.5),
                LatencyP99 = all.Quantile(0.99),
            };
        }
    }

    /// <summary>Say which gaps are measured; set before the first request.</summary>
    public LoadFacts? Facts { get; set; }

    /// <summary>Told of every end; set before the first request.</summary>
    public ILoadLoop? Loop { get; set; }

    /// <summary>Sends; the end is told to the loop.</summary>
    public void Send(in PlannedRequest request)
    {
        Interlocked.Increment(ref _sent);
        _client.Send(request);
    }

    /// <summary>Notes a request that came to its time and was not sent.</summary>
    public void NoteNeverSent(int index, TimeSpan at, string reason)
    {
        var exchange = new Exchange(at, at, at, at, Outcome.NeverSent, 0, reason) { Index = index };
        Exchanges.Append(exchange);
        _log?.Append(exchange, []);
    }

    /// <summary>Notes a request that has ended; the thread of the event loop.</summary>
    public void Record(EventLoop loop, in Exchange exchange, ReadOnlySpan<StreamEvent> events)
    {
        Exchanges.Append(exchange);
        _log?.Append(exchange, events);
        if (exchange.Outcome == Outcome.Ok)
        {
            lock (_latencies[loop.Number])
            {
                _latencies[loop.Number].Add(exchange.Latency);
            }
        }

        if (Facts!.IsMeasured(exchange))
        {
            EventTimes.AddGaps(events, _gaps[loop.Number]);
        }
    }

    public void OnEnded(in EndedRequest ended)
    {
        Interlocked.Increment(ref ended.Exchange.Outcome == Outcome.Ok ? ref _ok : ref _failed);
        Loop!.OnEnded(ended);
    }

    /// <summary>The times between chunks of all good answers; when nothing is on its way any more.</summary>
    public DurationHistogram Gaps()
    {
        var all = new DurationHistogram();
        Array.ForEach(_gaps, all.Add);
        return all;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abort.Dispose();
    }

    void Stop()
    {
        Volatile.Write(ref _stoppedTicks, Math.Max(0, Now.Ticks));
        _abort.CancelAfter(_grace);
    }
}
