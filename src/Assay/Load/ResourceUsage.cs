namespace Assay.Load;

/// <summary>What a run cost the server.</summary>
/// <param name="CpuSeconds">User and system time of the server's process during the run.</param>
/// <param name="PeakMemoryBytes">The most resident memory since the process started, which may be from before the run.</param>
public sealed record ResourceUsage(double CpuSeconds, long PeakMemoryBytes);
