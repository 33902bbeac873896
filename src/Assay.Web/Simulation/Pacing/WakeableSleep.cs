using System.Runtime.InteropServices;

namespace Assay.Web.Simulation.Pacing;

/// <summary>
/// Sleeps to some 10 µs, unless it is woken. The runtime's waits round to a millisecond; on Linux this one is the kernel's ppoll with the
/// thread's timer slack taken away. Elsewhere it wakes up to a millisecond early, and the caller spins.
/// </summary>
sealed partial class WakeableSleep : IDisposable
{
    const int SetTimerSlack = 29;
    const int NonBlocking = 0x800;
    const int CloseOnExec = 0x80000;
    const short Readable = 1;

    readonly int _event;
    readonly AutoResetEvent? _signal;

    public WakeableSleep()
    {
        var isLinux = OperatingSystem.IsLinux() && Environment.Is64BitProcess;
        _event = isLinux ? EventFd(0, NonBlocking | CloseOnExec) : -1;
        _signal = _event < 0 ? new AutoResetEvent(false) : null;
    }

    /// <summary>To be called once by the thread that sleeps.</summary>
    public static void PrepareThread()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            _ = Control(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>May return early: look at the clock again.</summary>
    public void Wait(long nanoseconds)
    {
        if (_signal is not null)
        {
            _signal.WaitOne((int)Math.Min(int.MaxValue, nanoseconds / 1_000_000));
            return;
        }

        var poll = new PollFd(_event, Readable, 0);
        if (Poll(ref poll, 1, new TimeSpec((nint)(nanoseconds / 1_000_000_000), (nint)(nanoseconds % 1_000_000_000)), 0) > 0)
        {
            _ = Read(_event, out _, 8);
        }
    }

    public void Wake()
    {
        if (_signal is not null)
        {
            _signal.Set();
            return;
        }

        _ = Write(_event, 1, 8);
    }

    public void Dispose()
    {
        _signal?.Dispose();
        if (_event >= 0)
        {
            _ = Close(_event);
        }
    }

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int Poll(ref PollFd poll, nuint count, in TimeSpec timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, out ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, in ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);

    readonly record struct PollFd(int File, short Events, short Returned);
}
