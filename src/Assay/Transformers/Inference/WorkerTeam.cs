namespace Assay.Transformers.Inference;

/// <summary>Threads that do their parts of the same work, again and again; the caller is worker 0.</summary>
sealed class WorkerTeam : IDisposable
{
    readonly Action<int> _work;
    readonly SpinBarrier _barrier;
    readonly SemaphoreSlim[] _go;
    readonly Thread[] _threads;
    volatile bool _ended;
    volatile Exception? _failure;

    public WorkerTeam(SpinBarrier barrier, Action<int> work)
    {
        (_barrier, _work) = (barrier, work);
        _go = [.. Enumerable.Range(1, barrier.Size - 1).Select(_ => new SemaphoreSlim(0))];
        _threads = [.. Enumerable.Range(1, barrier.Size - 1).Select(worker => new Thread(() => Loop(worker)) { IsBackground = true, Name = $"Assay inference {worker}" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Returns when all have done their parts.</summary>
    public void Run()
    {
        foreach (var go in _go)
        {
            go.Release();
        }

        Work(0);
        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A worker failed.", failure);
        }
    }

    public void Dispose()
    {
        _ended = true;
        foreach (var go in _go)
        {
            go.Release();
        }

        Array.ForEach(_threads, thread => thread.Join());
        Array.ForEach(_go, go => go.Dispose());
    }

    void Loop(int worker)
    {
        while (true)
        {
            _go[worker - 1].Wait();
            if (_ended)
            {
                return;
            }

            Work(worker);
        }
    }

    // What goes wrong in one worker must reach the caller, and must not leave the others waiting.
    void Work(int worker)
    {
        try
        {
            _work(worker);
            _barrier.Wait();
        }
        catch (Exception e)
        {
            _failure ??= e;
            _barrier.Break();
        }
    }
}
