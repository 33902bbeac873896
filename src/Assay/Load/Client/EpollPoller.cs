using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Assay.Load.Client;

/// <summary>Linux's epoll, level-triggered: what was not read is told again. The runtime's own use of it costs a hop to another thread for every read.</summary>
sealed partial class EpollPoller : Poller
{
    const int AddSocket = 1;
    const int RemoveSocket = 2;
    const int ChangeSocket = 3;
    const uint In = 1;
    const uint Out = 4;
    const uint Fault = 8 | 16;
    const int CloseOnExec = 0x80000;
    const int MostAtOnce = 256;

    // struct epoll_event is packed on x86-64 alone.
    static readonly int _dataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    static readonly int _size = _dataAt + 8;

    readonly int _handle = Create(CloseOnExec);
    readonly byte[] _events = new byte[MostAtOnce * 16];

    public override void Add(Socket socket, int id, bool forWriting) => Control(AddSocket, socket, id, forWriting);

    public override void Watch(Socket socket, int id, bool forWriting) => Control(ChangeSocket, socket, id, forWriting);

    public override void Remove(Socket socket, int id) => Control(RemoveSocket, socket, id, false);

    public override int Wait(int milliseconds, Span<Ready> ready)
    {
        // Less than 0 is an interruption: nothing is ready.
        var count = Wait(_handle, ref _events[0], Math.Min(MostAtOnce, ready.Length), milliseconds);
        for (var i = 0; i < count; i++)
        {
            var item = _events.AsSpan(i * _size, _size);
            var what = MemoryMarshal.Read<uint>(item);
            ready[i] = new Ready(MemoryMarshal.Read<int>(item[_dataAt..]), (what & (In | Fault)) != 0, (what & (Out | Fault)) != 0);
        }

        return Math.Max(0, count);
    }

    public override void Dispose() => _ = Close(_handle);

    void Control(int operation, Socket socket, int id, bool forWriting)
    {
        Span<byte> item = stackalloc byte[16];
        item.Clear();
        MemoryMarshal.Write(item, In | (forWriting ? Out : 0));
        MemoryMarshal.Write(item[_dataAt..], id);
        _ = Control(_handle, operation, (int)socket.SafeHandle.DangerousGetHandle(), ref item[0]);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int Control(int poller, int operation, int handle, ref byte item);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(int poller, ref byte items, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
