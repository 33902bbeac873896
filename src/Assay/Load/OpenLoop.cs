using Assay.Models;

namespace Assay.Load;

/// <summary>
/// Sends by the schedule, from a thread of its own. The schedule is never moved: when the client was held up, what is due is sent at once,
/// late, and its latency still counts from its time.
/// </summary>
sealed class OpenLoop(LoadRun run, IReadOnlyList<TimeSpan> schedule, int maxInFlight) : IDisposable
{
    // Sleep in steps, so that a cancellation is seen soon.
    static readonly TimeSpan _longestSleep = TimeSpan.FromMilliseconds(20);

    readonly Exchange[] _exchanges = new Exchange[schedule.Count];
    readonly SemaphoreSlim _slots = new(maxInFlight);

    /// <summary>The exchanges that came to their time, by the schedule.</summary>
    public async Task<Exchange[]> RunAsync()
    {
        var walked = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => walked.SetResult(Walk())) { IsBackground = true, Name = "load schedule", Priority = ThreadPriority.AboveNormal }.Start();
        var reached = await walked.Task.ConfigureAwait(false);

        // All slots are free when all requests have ended.
        for (var i = 0; i < maxInFlight; i++)
        {
            await _slots.WaitAsync().ConfigureAwait(false);
        }

        return _exchanges[..reached];
    }

    public void Dispose() => _slots.Dispose();

    int Walk()
    {
        PreciseSleep.PrepareThread();
        for (var i = 0; i < schedule.Count; i++)
        {
            for (var left = schedule[i] - run.Now; left > TimeSpan.Zero && run.Stopped is null; left = schedule[i] - run.Now)
            {
                PreciseSleep.For(left < _longestSleep ? left : _longestSleep);
            }

            if (run.Stopped is not null)
            {
                return i;
            }

            if (_slots.Wait(0))
            {
                _ = SendAsync(i);
            }
            else
            {
                var at = schedule[i];
                _exchanges[i] = new Exchange(at, at, at, at, Outcome.NeverSent, 0, $"{maxInFlight} requests were on their way, the most allowed");
            }
        }

        return schedule.Count;
    }

    // Runs on the thread of the schedule until the request is with the connection: no queue stands between them.
    async Task SendAsync(int i)
    {
        _exchanges[i] = await run.SendAsync(i, schedule[i]).ConfigureAwait(false);
        _slots.Release();
    }
}
