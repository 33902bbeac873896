namespace Assay.Load.Client;

/// <summary>The time since a run started, on the monotonic clock; below zero before a start that was set ahead.</summary>
sealed class RunClock(TimeProvider time)
{
    long _started = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(Volatile.Read(ref _started));

    /// <summary>To a new run, of which no request is on its way yet.</summary>
    /// <param name="timestamp">Null for now.</param>
    public void Start(long? timestamp) => Volatile.Write(ref _started, timestamp ?? time.GetTimestamp());
}
