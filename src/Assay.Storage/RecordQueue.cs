namespace Assay.Storage;

/// <summary>
/// Records that wait to be written: many put in, one takes all there are. Bounded in number and in bytes, so that a flood of large answers does not fill the
/// memory while the disk is busy.
/// </summary>
sealed class RecordQueue
{
    const int MostRecords = 8192;
    const int MostBytes = 16 << 20;

    readonly Lock _gate = new();
    List<RecordRow> _waiting = [];
    List<RecordRow> _taken = [];
    int _bytes;
    bool _isClosed;
    TaskCompletionSource? _arrival;
    TaskCompletionSource? _room;

    /// <summary>Null: it was put in. A task: it is full, try again when that ends.</summary>
    /// <exception cref="InvalidOperationException">The queue is closed.</exception>
    public Task? TryAdd(in RecordRow row)
    {
        TaskCompletionSource? arrival;
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new InvalidOperationException("The run is complete or its log disposed; nothing can be appended.");
            }

            if (_waiting.Count >= MostRecords || _bytes >= MostBytes)
            {
                return (_room ??= Source()).Task;
            }

            _waiting.Add(row);
            _bytes += row.Json.Length;
            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.SetResult();
        return null;
    }

    /// <summary>All that wait, at least one, valid until the next call; null when the queue is closed and empty.</summary>
    public async ValueTask<IReadOnlyList<RecordRow>?> TakeAsync()
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    return Swap();
                }

                if (_isClosed)
                {
                    return null;
                }

                arrival = (_arrival ??= Source()).Task;
            }

            await arrival.ConfigureAwait(false);
        }
    }

    /// <summary>Whether some wait.</summary>
    public bool HasMore
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Nothing more can be put in; what waits can be taken. False when it was closed before.</summary>
    public bool TryClose()
    {
        TaskCompletionSource? arrival, room;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _isClosed = true;
            (arrival, room, _arrival, _room) = (_arrival, _room, null, null);
        }

        arrival?.SetResult();
        room?.SetResult();
        return true;
    }

    List<RecordRow> Swap()
    {
        (_taken, _waiting) = (_waiting, _taken);
        _waiting.Clear();
        _bytes = 0;
        _room?.SetResult();
        _room = null;
        return _taken;
    }

    static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
