namespace Assay.Web.Simulation.Pacing;

/// <summary>Nanoseconds of a clock that is never set. On Linux they are CLOCK_MONOTONIC's, the same in every process.</summary>
sealed class MonotonicClock(TimeProvider time)
{
    const long PerSecond = 1_000_000_000;

    public long Now => time.TimestampFrequency == PerSecond ? time.GetTimestamp() : (long)(time.GetTimestamp() * ((double)PerSecond / time.TimestampFrequency));
}
