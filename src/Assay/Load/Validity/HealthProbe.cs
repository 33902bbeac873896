using Assay.Load.Client;

namespace Assay.Load.Validity;

/// <summary>Measures the client while a run is on: some 100 times a second, at random times so as to keep step with nothing.</summary>
sealed class HealthProbe : IDisposable
{
    const double MeanMilliseconds = 10;

    readonly LoadClient _client;
    readonly LoadRun _run;
    readonly Thread _thread;
    readonly TimeSpan[] _waited;
    readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime, _pause = GC.GetTotalPauseDuration(), _began;
    readonly int _collections = GC.CollectionCount(0);
    volatile bool _isEnded;
    long _queue;

    public HealthProbe(LoadClient client, LoadRun run)
    {
        (_client, _run, _began) = (client, run, run.Now);
        _waited = [.. client.Loops.Select(loop => loop.Waited)];
        Array.ForEach(client.Loops, loop => loop.TakeReadLag());
        _thread = new Thread(Probe) { IsBackground = true, Name = "load probe" };
        _thread.Start();
    }

    /// <summary>To be called when nothing is on its way any more.</summary>
    /// <param name="keepsTime">The run had a schedule.</param>
    /// <param name="lostRecords">Of the event log.</param>
    public ClientMeasurements End(bool keepsTime, long lostRecords)
    {
        var elapsed = _run.Now - _began;
        var busy = _client.Loops.Select((loop, i) => loop.Waited - _waited[i]).Append(keepsTime ? _run.Pacing.Waited : elapsed)
            .Max(waited => 1 - (waited / elapsed));
        Dispose();
        var readLag = new DurationHistogram();
        Array.ForEach(_client.Loops, loop => readLag.Add(loop.TakeReadLag()));
        return new ClientMeasurements
        {
            Elapsed = elapsed,
            BusiestThread = Math.Clamp(busy, 0, 1),
            Cpu = Environment.CpuUsage.TotalTime - _cpu,
            Cores = Environment.ProcessorCount,
            SendLag = keepsTime ? SendLag() : new DurationHistogram(),
            ReadLag = readLag,
            GarbagePause = GC.GetTotalPauseDuration() - _pause,
            Collections = GC.CollectionCount(0) - _collections,
            ThreadPoolQueue = _queue,
            Connections = _client.Opened,
            NoSocket = _client.NoSocket,
            LostRecords = lostRecords,
        };
    }

    public void Dispose()
    {
        _isEnded = true;
        _thread.Join();
    }

    void Probe()
    {
        PreciseSleep.PrepareThread();
        var random = new SeededRandom(0);
        while (!_isEnded)
        {
            PreciseSleep.For(TimeSpan.FromMilliseconds(Math.Min(10 * MeanMilliseconds, MeanMilliseconds * random.NextExponential())));
            Array.ForEach(_client.Loops, loop => loop.Probe());
            _queue = Math.Max(_queue, ThreadPool.PendingWorkItemCount);
        }
    }

    DurationHistogram SendLag()
    {
        var lag = new DurationHistogram();
        foreach (var exchange in _run.Exchanges)
        {
            if (exchange.Outcome != Models.Outcome.NeverSent)
            {
                lag.Add(exchange.ScheduleDelay);
            }
        }

        return lag;
    }
}
