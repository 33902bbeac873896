namespace Assay.Transformers.Inference;

/// <summary>Texts that wait for their turn, and the bell that wakes the engine. Thread-safe.</summary>
sealed class Arrivals(InferenceOptions options)
{
    readonly object _lock = new();
    readonly LinkedList<Sequence> _waiting = new();
    TimeSpan _usual = TimeSpan.FromSeconds(1);
    bool _closed;
    bool _rung;
    int _inside;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>At the end of the queue, if with those in work there are not yet as many as may be.</summary>
    public void Add(Sequence sequence)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InferenceEngine));
            if (_inside >= options.MaxBatch + options.MaxQueue)
            {
                var wait = _usual * (_waiting.Count + 1) / options.MaxBatch;
                throw new QueueFullException(_waiting.Count, TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, 3600)));
            }

            _waiting.AddLast(sequence);
            _inside++;
            Ring();
        }
    }

    /// <summary>Returns when something happened since the last time.</summary>
    public void Wait()
    {
        lock (_lock)
        {
            while (!_rung)
            {
                Monitor.Wait(_lock);
            }

            _rung = false;
        }
    }

    /// <summary>The first that <paramref name="admits"/> takes; null: none, or the first must wait.</summary>
    public Sequence? Next(Func<Sequence, bool> admits)
    {
        lock (_lock)
        {
            if (_waiting.First?.Value is not { } next || !admits(next))
            {
                return null;
            }

            _waiting.RemoveFirst();
            return next;
        }
    }

    /// <summary>Nobody waits for it any more: it leaves the queue at once, or the work after the step in progress.</summary>
    public void Cancel(Sequence sequence)
    {
        lock (_lock)
        {
            sequence.Cancel();
            if (_waiting.Remove(sequence))
            {
                _inside--;
                sequence.End(new OperationCanceledException());
            }

            Ring();
        }
    }

    /// <summary>A text in work has ended after so long: the last ones count most.</summary>
    public void Leave(TimeSpan duration)
    {
        lock (_lock)
        {
            _inside--;
            _usual = (_usual * 0.9) + (duration * 0.1);
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Nobody may come any more; those who wait are sent away.</summary>
    public void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var sequence in _waiting)
            {
                sequence.End(reason);
            }

            _waiting.Clear();
            Ring();
        }
    }

    void Ring()
    {
        _rung = true;
        Monitor.Pulse(_lock);
    }
}
