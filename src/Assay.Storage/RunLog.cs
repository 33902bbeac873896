using Assay.Results;

namespace Assay.Storage;

/// <summary>
/// One run's queue and the task that empties it: whatever came together while the last batch was being flushed to the disk is
/// the next batch, one transaction each. A lone record thus goes to disk at once, a flood in large batches.
/// </summary>
sealed class RunLog : IRunLog
{
    // Longer than the pause of one who waits for the write lock: a flood here leaves the writers of other processes their turn.
    static readonly TimeSpan _breath = TimeSpan.FromMilliseconds(3);
    static readonly TimeSpan _spell = TimeSpan.FromMilliseconds(40);

    readonly RecordQueue _queue = new();
    readonly Database _database;
    readonly long _run;
    readonly IRecordWriter _writer;
    readonly IDisposable _lock;
    readonly TimeProvider _time;
    readonly Task _writing;

    /// <summary>Takes over the writer and the lock.</summary>
    public RunLog(Database database, long run, IRecordWriter writer, IDisposable runLock, TimeProvider time)
    {
        (_database, _run, _writer, _lock, _time) = (database, run, writer, runLock, time);
        _writing = Task.Run(WriteAsync);
    }

    // A cancelled token only ends the wait for room: what can be kept is kept.
    public ValueTask AppendAsync(Record record, CancellationToken cancellationToken)
    {
        var row = RecordRow.Of(record);
        try
        {
            return _queue.TryAdd(row) is { } full ? new ValueTask(AddAsync(row, full, cancellationToken)) : ValueTask.CompletedTask;
        }
        catch (InvalidOperationException closed)
        {
            return new ValueTask(FaultAsync(closed));
        }
    }

    public async ValueTask CompleteAsync(RunCompletion completion, CancellationToken cancellationToken)
    {
        if (completion.State is RunState.Running or RunState.Interrupted)
        {
            throw new ArgumentException("A run completes as done, cancelled or failed.", nameof(completion));
        }

        if (!_queue.TryClose())
        {
            await FaultAsync(new InvalidOperationException("The run is complete already, or its log disposed.")).ConfigureAwait(false);
        }

        await _writing.ConfigureAwait(false);
        try
        {
            await using var transaction = await _database.BeginAsync(_writer.Connection, cancellationToken).ConfigureAwait(false);
            await RunRow.CompleteAsync(_database, _writer.Connection, _run, completion, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_database.Explain(e) is { } error)
        {
            throw error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.TryClose();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    async Task AddAsync(RecordRow row, Task full, CancellationToken cancellationToken)
    {
        try
        {
            for (var wait = full; wait is not null; wait = _queue.TryAdd(row))
            {
                await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (InvalidOperationException closed)
        {
            await FaultAsync(closed).ConfigureAwait(false);
        }
    }

    // Why nothing can be written is told first.
    async Task FaultAsync(InvalidOperationException closed)
    {
        await _writing.ConfigureAwait(false);
        throw closed;
    }

    async Task WriteAsync()
    {
        try
        {
            var breathed = _time.GetTimestamp();
            while (await _queue.TakeAsync().ConfigureAwait(false) is { } batch)
            {
                await _writer.WriteAsync(batch).ConfigureAwait(false);
                if (!_queue.HasMore)
                {
                    breathed = _time.GetTimestamp();
                }
                else if (_time.GetElapsedTime(breathed) > _spell)
                {
                    await Task.Delay(_breath, _time).ConfigureAwait(false);
                    breathed = _time.GetTimestamp();
                }
            }
        }
        catch (Exception e)
        {
            _queue.TryClose();
            if (_database.Explain(e) is { } error)
            {
                throw error;
            }

            throw;
        }
    }
}
