namespace Assay.Load.Validity;

/// <summary>How long a thread waited.</summary>
sealed class BusyTime
{
    long _waitedTicks;

    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waitedTicks));

    /// <summary>Of the thread itself.</summary>
    public void AddWait(TimeSpan time) => Volatile.Write(ref _waitedTicks, _waitedTicks + Math.Max(0, time.Ticks));
}
