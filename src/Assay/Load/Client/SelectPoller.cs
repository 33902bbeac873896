using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Assay.Load.Client;

/// <summary>
/// The portable way: each wait looks at every socket. The socket of the event loop's own messages, which is always watched, ends a wait in which a socket
/// was added.
/// </summary>
sealed class SelectPoller : Poller
{
    // A socket added meanwhile is seen at the latest then.
    const int LongestMicroseconds = 1_000;

    readonly ConcurrentDictionary<int, (Socket Socket, bool ForWriting)> _watched = new();
    readonly Dictionary<Socket, int> _ids = [];
    readonly List<Socket> _read = [], _write = [], _fault = [];

    public override void Add(Socket socket, int id, bool forWriting) => _watched[id] = (socket, forWriting);

    public override void Watch(Socket socket, int id, bool forWriting) => _watched[id] = (socket, forWriting);

    public override void Remove(Socket socket, int id) => _watched.TryRemove(id, out _);

    public override int Wait(int milliseconds, Span<Ready> ready)
    {
        Collect();
        try
        {
            Socket.Select(_read, _write, _fault, Math.Min(LongestMicroseconds, 1000 * milliseconds));
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // One was closed by another thread between the collection and the call: the next wait is without it.
            return 0;
        }

        var count = 0;
        foreach (var (socket, id) in _ids)
        {
            var (isFaulty, canRead, canWrite) = (_fault.Contains(socket), _read.Contains(socket), _write.Contains(socket));
            if ((isFaulty || canRead || canWrite) && count < ready.Length)
            {
                ready[count++] = new Ready(id, canRead || isFaulty, canWrite || isFaulty);
            }
        }

        return count;
    }

    public override void Dispose()
    {
    }

    void Collect()
    {
        _ids.Clear();
        _read.Clear();
        _write.Clear();
        _fault.Clear();
        foreach (var (id, (socket, forWriting)) in _watched)
        {
            _ids[socket] = id;
            _read.Add(socket);
            _fault.Add(socket);
            if (forWriting)
            {
                _write.Add(socket);
            }
        }
    }
}
