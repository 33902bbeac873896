using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Assay.Load.Client;

/// <summary>A thread that reads the answers of its connections, and notes how late it does.</summary>
sealed class EventLoop : IDisposable
{
    const int ReadyAtOnce = 256;
    const int LongestRead = 64 << 10;
    const int WakeId = 0;
    const int ScanMilliseconds = 20;

    readonly RunClock _clock;
    readonly Poller _poller = Poller.Create();
    readonly ConcurrentDictionary<int, Connection> _connections = new();
    readonly ConcurrentQueue<Connection> _posted = new();
    readonly Socket _messages;
    readonly Thread _thread;
    readonly byte[] _buffer = new byte[LongestRead];
    volatile bool _isEnded, _givesUp;
    DurationHistogram _readLag = new();
    long _waitedTicks;

    public EventLoop(RunClock clock, int number)
    {
        (_clock, Number) = (clock, number);
        _messages = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        _messages.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _messages.Connect(_messages.LocalEndPoint!);
        _poller.Add(_messages, WakeId, forWriting: false);
        _thread = new Thread(Run) { IsBackground = true, Name = $"load {number}" };
        _thread.Start();
    }

    /// <summary>From 0.</summary>
    public int Number { get; }

    /// <summary>How long it has waited for something to do, since it started.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waitedTicks));

    public void Add(Connection connection, Socket socket)
    {
        _connections[connection.Id] = connection;
        _poller.Add(socket, connection.Id, forWriting: true);
    }

    public void Watch(Connection connection, Socket socket, bool forWriting) => _poller.Watch(socket, connection.Id, forWriting);

    public void Remove(Connection connection, Socket socket)
    {
        _connections.TryRemove(connection.Id, out _);
        _poller.Remove(socket, connection.Id);
    }

    /// <summary>Has the loop tell of a connection that could not be opened.</summary>
    public void Post(Connection connection)
    {
        _posted.Enqueue(connection);
        Send(0);
    }

    /// <summary>Gives up on all that is on its way, now and from now on.</summary>
    public void GiveUp() => _givesUp = true;

    /// <summary>Sends the loop the time over a socket: when it reads it, it knows how late it reads.</summary>
    public void Probe()
    {
        if (_clock.Now is { Ticks: > 0 } now)
        {
            Send(now.Ticks);
        }
    }

    /// <summary>How late the probes were read since the last call.</summary>
    public DurationHistogram TakeReadLag() => Interlocked.Exchange(ref _readLag, new DurationHistogram());

    public void Dispose()
    {
        _isEnded = true;
        Send(0);
        _thread.Join();
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }

        _messages.Dispose();
        _poller.Dispose();
    }

    void Run()
    {
        PreciseSleep.PrepareThread();
        var ready = new Ready[ReadyAtOnce];
        var scanned = _clock.Now;
        while (!_isEnded)
        {
            var before = _clock.Now;
            var count = _poller.Wait(ScanMilliseconds, ready);
            var after = _clock.Now;
            Volatile.Write(ref _waitedTicks, _waitedTicks + Math.Max(0, (after - before).Ticks));
            foreach (ref readonly var item in ready.AsSpan(0, count))
            {
                Handle(item);
            }

            for (var posted = _posted.Count; posted > 0 && _posted.TryDequeue(out var connection); posted--)
            {
                connection.OnOpeningFault();
            }

            // A new run sets the clock back.
            if (after - scanned >= TimeSpan.FromMilliseconds(ScanMilliseconds) || after < scanned)
            {
                scanned = after;
                Scan(after);
            }
        }
    }

    void Handle(in Ready ready)
    {
        if (ready.Id == WakeId)
        {
            ReadMessage();
        }
        else if (_connections.TryGetValue(ready.Id, out var connection))
        {
            try
            {
                connection.OnReady(ready, _buffer);
            }
            catch (Exception exception)
            {
                // One connection's fault must not end the others; it is told as the outcome of its request.
                connection.OnFault(exception);
            }
        }
    }

    void Scan(TimeSpan now)
    {
        foreach (var (_, connection) in _connections)
        {
            connection.Expire(now, _givesUp);
        }
    }

    void Send(long sent)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        MemoryMarshal.Write(message, sent);
        _messages.Send(message, SocketFlags.None, out _);
    }

    void ReadMessage()
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        if (_messages.Receive(message, SocketFlags.None, out _) == sizeof(long) && MemoryMarshal.Read<long>(message) is var sent and > 0)
        {
            Volatile.Read(ref _readLag).Add(_clock.Now - TimeSpan.FromTicks(sent));
        }
    }
}
