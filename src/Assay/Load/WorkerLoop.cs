using Assay.Load.Client;
using Assay.Load.Payloads;
using Assay.Load.Sharding;

namespace Assay.Load;

/// <summary>A closed loop: each worker sends its next request when the last is answered, on the thread that read the answer.</summary>
sealed class WorkerLoop(LoadRun run, int workers, LoadOptions options) : ILoadLoop
{
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Shard _shard = options.Shard ?? new Shard(0, 1);
    readonly IPayloads? _payloads = run.Target.Payloads;
    int _next = -1;
    int _working;

    public Task RunAsync()
    {
        new Thread(Start) { IsBackground = true, Name = "load start" }.Start();
        return _ended.Task;
    }

    public void OnEnded(in EndedRequest ended) => SendNext();

    void Start()
    {
        // One more than there are: the first to end must not find itself the last while others are yet to begin.
        _working = workers + 1;
        PreciseSleep.PrepareThread();
        Pacing.WaitUntil(run, TimeSpan.Zero);

        for (var i = 0; i < workers; i++)
        {
            SendNext();
        }

        EndOne();
    }

    void SendNext()
    {
        try
        {
            TrySendNext();
        }
        catch (Exception exception)
        {
            // Of the payloads: the thread must not take the process with it.
            _ended.TrySetException(exception);
        }
    }

    void TrySendNext()
    {
        // The places of several processes are each other's neighbours.
        var place = _shard.Index + (Interlocked.Increment(ref _next) * (long)_shard.Count);
        var now = run.Now;
        if (run.Stopped is null && !(now >= options.Duration) && !(place >= options.Requests) && place < int.MaxValue)
        {
            run.Send(new PlannedRequest((int)place, now, _payloads?.Of((int)place) ?? default));
        }
        else
        {
            EndOne();
        }
    }

    void EndOne()
    {
        if (Interlocked.Decrement(ref _working) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
