using System.Diagnostics;
using System.Globalization;

namespace Assay.Load;

/// <summary>What a process has used since it started.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">The most resident memory.</param>
public readonly record struct ProcessUsage(TimeSpan Cpu, long PeakBytes)
{
    /// <summary>Null when there is no such process, or it may not be looked at.</summary>
    public static ProcessUsage? Read(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return new ProcessUsage(process.TotalProcessorTime, OperatingSystem.IsLinux() ? LinuxPeak(processId) : process.PeakWorkingSet64);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException
            or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // .NET's PeakWorkingSet64 is 0 on some kernels; "VmHWM:   123456 kB" is always there.
    static long LinuxPeak(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
