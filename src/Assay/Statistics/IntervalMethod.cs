namespace Assay.Statistics;

/// <summary>How the interval of a mean of scores is made.</summary>
public enum IntervalMethod
{
    /// <summary>
    /// Wilson where all scores are 0 or 1, else Student's t; with clusters the clustered t. As docs/decisions/0006-intervals.md says.
    /// </summary>
    Default,

    /// <summary>For scores of 0 and 1 only; see <see cref="Statistics.Wilson"/>.</summary>
    Wilson,

    /// <summary>For scores of 0 and 1 only; see <see cref="Statistics.ClopperPearson"/>.</summary>
    ClopperPearson,

    /// <summary>See <see cref="MeanInterval.StudentT"/>.</summary>
    StudentT,

    /// <summary>With clusters, whole clusters are resampled.</summary>
    BootstrapPercentile,

    /// <summary>With clusters, whole clusters are resampled.</summary>
    BootstrapBca,

    /// <summary>Needs clusters; see <see cref="ClusteredMean"/>.</summary>
    ClusteredT,
}
