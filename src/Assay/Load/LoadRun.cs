using Assay.Models;

namespace Assay.Load;

/// <summary>What the loops share while a run is on: the clock, the way to send, the count and the end.</summary>
sealed class LoadRun : IDisposable
{
    /// <summary>After a cancellation, requests on their way have so long to end.</summary>
    static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    readonly LoadSender _sender;
    readonly TimeProvider _time;
    readonly long _started;
    readonly CancellationTokenSource _abort = new();
    readonly CancellationTokenRegistration _stopping;
    int _sent, _ok, _failed;
    long _stoppedTicks = -1;

    public LoadRun(LoadSender sender, TimeProvider time, CancellationToken stop)
    {
        _sender = sender;
        _time = time;
        _started = time.GetTimestamp();
        _stopping = stop.Register(Stop);
    }

    /// <summary>Since the start.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>When the run was cancelled, null as long as it is not. From then on no request is to be sent.</summary>
    public TimeSpan? Stopped => Volatile.Read(ref _stoppedTicks) is var ticks and >= 0 ? new TimeSpan(ticks) : null;

    public LoadProgress Progress => new(Now, Volatile.Read(ref _sent), Volatile.Read(ref _ok), Volatile.Read(ref _failed));

    public async Task<Exchange> SendAsync(int index, TimeSpan scheduled)
    {
        Interlocked.Increment(ref _sent);
        var exchange = await _sender.SendAsync(index, scheduled, _started, _abort.Token).ConfigureAwait(false);
        Interlocked.Increment(ref exchange.Outcome == Outcome.Ok ? ref _ok : ref _failed);
        return exchange;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abort.Dispose();
    }

    void Stop()
    {
        Volatile.Write(ref _stoppedTicks, Now.Ticks);
        _abort.CancelAfter(_grace);
    }
}
