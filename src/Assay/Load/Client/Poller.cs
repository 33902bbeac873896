using System.Net.Sockets;

namespace Assay.Load.Client;

/// <summary>A socket that can be read or written.</summary>
/// <param name="Id">As it was added.</param>
/// <param name="CanRead">Bytes, the end or an error are there.</param>
/// <param name="CanWrite">Also when it has an error.</param>
readonly record struct Ready(int Id, bool CanRead, bool CanWrite);

/// <summary>Waits for many sockets at once. <see cref="Wait"/> is for one thread, the rest for any.</summary>
abstract class Poller : IDisposable
{
    /// <summary>The switch of AppContext that takes the portable way also where there is a better one.</summary>
    public const string PortableSwitch = "Assay.Load.PortablePoller";

    public static Poller Create() =>
        OperatingSystem.IsLinux() && !(AppContext.TryGetSwitch(PortableSwitch, out var portable) && portable) ? new EpollPoller() : new SelectPoller();

    /// <summary>Watches it for reading, and for writing too where that is asked.</summary>
    public abstract void Add(Socket socket, int id, bool forWriting);

    /// <summary>Changes whether it is watched for writing.</summary>
    public abstract void Watch(Socket socket, int id, bool forWriting);

    /// <summary>Before the socket is closed.</summary>
    public abstract void Remove(Socket socket, int id);

    /// <summary>Fills in what is ready; 0 after so many milliseconds.</summary>
    public abstract int Wait(int milliseconds, Span<Ready> ready);

    public abstract void Dispose();
}
