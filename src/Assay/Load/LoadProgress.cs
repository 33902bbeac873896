namespace Assay.Load;

/// <summary>How far a run is.</summary>
/// <param name="Elapsed">Since its start.</param>
/// <param name="Sent">Requests sent.</param>
/// <param name="Ok">Good answers.</param>
/// <param name="Failed">Other ends.</param>
public readonly record struct LoadProgress(TimeSpan Elapsed, int Sent, int Ok, int Failed)
{
    /// <summary>Median latency so far, from the schedule; null when it is not told or there is no answer yet.</summary>
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>The same of the 99th percentile.</summary>
    public TimeSpan? LatencyP99 { get; init; }

    /// <summary>Requests on their way.</summary>
    public int InFlight => Sent - Ok - Failed;
}
