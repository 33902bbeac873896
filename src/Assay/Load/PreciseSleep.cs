using System.Runtime.InteropServices;

namespace Assay.Load;

/// <summary>
/// Sleeps to some 10 µs on 64-bit Linux. The runtime's own timers round to a millisecond there (dotnet/runtime), too coarse
/// to pace hundreds of requests per second.
/// </summary>
static partial class PreciseSleep
{
    const int SetTimerSlack = 29;

    static readonly bool _native = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Lets the calling thread wake within a nanosecond of its time, if the scheduler can; the kernel's default adds 50 µs.</summary>
    public static void PrepareThread()
    {
        if (_native)
        {
            _ = Control(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>May return early, for a signal: look at the clock again.</summary>
    public static void For(TimeSpan time)
    {
        if (_native)
        {
            _ = NanoSleep(new TimeSpec((nint)(time.Ticks / TimeSpan.TicksPerSecond), (nint)(time.Ticks % TimeSpan.TicksPerSecond * 100)), 0);
        }
        else
        {
            Thread.Sleep(time);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec requested, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
