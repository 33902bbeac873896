namespace Assay.Scoring;

/// <summary>How the intervals of estimates are made.</summary>
public sealed record EstimateOptions
{
    /// <summary>Of every resampling: the same seed gives the same intervals.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Resamples of each interval. Metrics that must resample rows (<c>ece</c>, <c>roc_auc/ovr</c>) do fewer from 100,000 probabilities
    /// up, 200 at the least.
    /// </summary>
    public int Rounds { get; init; } = 2000;
}
