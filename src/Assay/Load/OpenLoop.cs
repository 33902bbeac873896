using Assay.Load.Client;
using Assay.Load.Payloads;
using Assay.Load.Sharding;

namespace Assay.Load;

/// <summary>
/// Sends by the schedule, from a thread of its own. The schedule is never moved: when the client was held up, what is due is sent at once,
/// late, and its latency still counts from its time.
/// </summary>
sealed class OpenLoop(LoadRun run, IReadOnlyList<TimeSpan> schedule, LoadOptions options) : ILoadLoop
{
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Shard _shard = options.Shard ?? new Shard(0, 1);
    readonly IPayloads? _payloads = run.Target.Payloads;

    // One of them is the walk itself.
    int _left = 1;

    public Task RunAsync()
    {
        new Thread(Walk) { IsBackground = true, Name = "load schedule", Priority = ThreadPriority.AboveNormal }.Start();
        return _ended.Task;
    }

    public void OnEnded(in EndedRequest ended) => CountDown();

    void Walk()
    {
        try
        {
            SendAll();
        }
        catch (Exception exception)
        {
            // Of the payloads: the thread must not take the process with it.
            _ended.TrySetException(exception);
        }
    }

    void SendAll()
    {
        PreciseSleep.PrepareThread();
        for (var i = _shard.Index; i < schedule.Count && run.Stopped is null; i += _shard.Count)
        {
            // Written before its time, so that writing it takes none of it.
            var request = _payloads?.Of(i) ?? default;
            var at = schedule[i];
            if (!Pacing.WaitUntil(run, at))
            {
                break;
            }

            if (Interlocked.Increment(ref _left) <= options.MaxInFlight + 1)
            {
                run.Send(new PlannedRequest(i, at, request));
            }
            else
            {
                run.NoteNeverSent(i, at, $"{options.MaxInFlight} requests were on their way, the most allowed");
                CountDown();
            }
        }

        CountDown();
    }

    void CountDown()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
