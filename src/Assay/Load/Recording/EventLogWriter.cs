using System.Collections.Concurrent;
using Assay.Load.Client;

namespace Assay.Load.Recording;

/// <summary>
/// Writes an event log while a run is on. Records are put together in memory on the threads that have them, and written by a thread of its own; where the
/// disk is too slow, they are counted instead of kept.
/// </summary>
sealed class EventLogWriter : IDisposable
{
    const int BlockBytes = 64 << 10;
    const int MostWaiting = 512;

    // A process that is killed loses no more than this.
    const int LongestHeldMilliseconds = 500;

    readonly FileStream _file;
    readonly Lock _lock = new();
    readonly ExchangeCodec _codec = new();
    readonly BlockingCollection<(PieceBuffer Block, int Records)> _full = new(MostWaiting);
    readonly Thread _thread;
    PieceBuffer _block = new();
    int _records;
    long _lost;

    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public EventLogWriter(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            _file.Write(LogBlock.Magic);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The event log '{path}' cannot be written: {exception.Message} Choose another file.", exception);
        }

        _thread = new Thread(Write) { IsBackground = true, Name = "load log" };
    }

    public void Begin(LoadFacts facts)
    {
        LogBlock.Write(_file, LogBlock.Facts, facts.Write());
        _thread.Start();
    }

    /// <summary>Thread-safe; never waits for the disk.</summary>
    public void Append(in Exchange exchange, ReadOnlySpan<StreamEvent> events)
    {
        lock (_lock)
        {
            _codec.Write(_block, exchange, events);
            _records++;
            if (_block.Length >= BlockBytes)
            {
                PassOn();
            }
        }
    }

    /// <summary>Takes a block of another log as it is; waits for the disk.</summary>
    public void Copy(byte[] content)
    {
        var block = new PieceBuffer();
        block.Append(content);
        _full.Add((block, 0));
    }

    /// <summary>Writes what is left; how many records were lost in all.</summary>
    public long Close()
    {
        lock (_lock)
        {
            PassOn();
        }

        _full.CompleteAdding();
        _thread.Join();
        return _lost;
    }

    /// <summary>After <see cref="Close"/>.</summary>
    public void End(LoadEnd end)
    {
        var block = new PieceBuffer();
        EndCodec.Write(block, end);
        try
        {
            LogBlock.Write(_file, LogBlock.End, block.Written);
        }
        catch (IOException)
        {
            // Read back, the log says of itself that it broke off.
        }
    }

    public void Dispose()
    {
        if (!_full.IsAddingCompleted && !_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            Close();
        }

        _file.Dispose();
        _full.Dispose();
    }

    // Under the lock.
    void PassOn()
    {
        if (_records > 0 && !_full.TryAdd((_block, _records)))
        {
            Interlocked.Add(ref _lost, _records);
        }

        (_block, _records) = (new PieceBuffer(), 0);
        _codec.Reset();
    }

    void Write()
    {
        while (!_full.IsCompleted)
        {
            if (_full.TryTake(out var taken, LongestHeldMilliseconds))
            {
                Write(taken.Block, taken.Records);
                continue;
            }

            lock (_lock)
            {
                if (!_full.IsAddingCompleted)
                {
                    PassOn();
                }
            }
        }
    }

    void Write(PieceBuffer block, int records)
    {
        try
        {
            LogBlock.Write(_file, LogBlock.Exchanges, block.Written);
        }
        catch (IOException)
        {
            Interlocked.Add(ref _lost, records);
        }
    }
}
