using System.Threading.Channels;
using Assay.Results;
using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>
/// One run's queue and the task that empties it: whatever came together while the last batch was being flushed to the disk is
/// the next batch, one transaction each. A lone record thus goes to disk at once, a flood in large batches.
/// </summary>
sealed class SqliteRunLog : IRunLog
{
    // They bound the memory of what waits and keep the time from append to disk in the tens of milliseconds.
    const int QueuedRecords = 2048;
    const int BatchRecords = 4096;
    const int BatchCharacters = 4 << 20;

    // Longer than the pause of one who waits for the write lock: a flood here leaves the writers of other processes their turn.
    static readonly TimeSpan _breath = TimeSpan.FromMilliseconds(3);

    readonly Channel<RecordRow> _queue = Channel.CreateBounded<RecordRow>(new BoundedChannelOptions(QueuedRecords) { SingleReader = true });
    readonly string _path;
    readonly long _run;
    readonly SqliteConnection _connection;
    readonly IDisposable _lock;
    readonly TimeProvider _time;
    readonly Task _writing;

    /// <summary>Takes over the connection and the lock.</summary>
    public SqliteRunLog(string path, long run, SqliteConnection connection, IDisposable runLock, TimeProvider time)
    {
        (_path, _run, _connection, _lock, _time) = (path, run, connection, runLock, time);
        _writing = Task.Run(WriteAsync);
    }

    public async ValueTask AppendAsync(Record record, CancellationToken cancellationToken)
    {
        // A cancelled token only ends the wait for room: what can be kept is kept.
        var row = RecordRow.Of(record);
        try
        {
            if (!_queue.Writer.TryWrite(row))
            {
                await _queue.Writer.WriteAsync(row, cancellationToken);
            }
        }
        catch (ChannelClosedException)
        {
            await _writing;
            throw new InvalidOperationException("The run is complete or its log disposed; nothing can be appended.");
        }
    }

    public async ValueTask CompleteAsync(RunCompletion completion, CancellationToken cancellationToken)
    {
        if (completion.State is RunState.Running or RunState.Interrupted)
        {
            throw new ArgumentException("A run completes as done, cancelled or failed.", nameof(completion));
        }

        if (!_queue.Writer.TryComplete())
        {
            await _writing;
            throw new InvalidOperationException("The run is complete already, or its log disposed.");
        }

        await _writing;
        try
        {
            using var transaction = await WriteTransaction.BeginAsync(_connection, _time, cancellationToken);
            SqlFile.Execute(
                _connection,
                "complete-run",
                ("$number", _run),
                ("$state", StoredRunRow.Text(completion.State)),
                ("$ended", StoredRunRow.Text(completion.Ended)),
                ("$verdict", completion.Verdict),
                ("$report", completion.ReportJson));
            transaction.Commit();
        }
        catch (Exception e) when (StoreFault.Explain(e, _path) is { } error)
        {
            throw error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        _lock.Dispose();
    }

    async Task WriteAsync()
    {
        try
        {
            using var upsert = new UpsertCommand(_connection, _run);
            while (await _queue.Reader.WaitToReadAsync())
            {
                using (var transaction = await WriteTransaction.BeginAsync(_connection, _time, CancellationToken.None))
                {
                    WriteBatch(upsert);
                    transaction.Commit();
                }

                if (_queue.Reader.Count > 0)
                {
                    await Task.Delay(_breath, _time);
                }
            }
        }
        catch (Exception e)
        {
            var error = StoreFault.Explain(e, _path) ?? e;
            _queue.Writer.TryComplete(error);
            throw error;
        }
    }

    void WriteBatch(UpsertCommand upsert)
    {
        for (int records = 0, characters = 0; records < BatchRecords && characters < BatchCharacters && _queue.Reader.TryRead(out var row); records++)
        {
            upsert.Execute(row);
            characters += row.Json.Length;
        }
    }
}
