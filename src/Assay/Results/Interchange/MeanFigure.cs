using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>The mean of one score over its samples.</summary>
static class MeanFigure
{
    /// <summary>With Wilson's interval where all are 0 or 1, else Student's t; with clusters the clustered t.</summary>
    public static Estimate Of(Estimate estimate, double[] scores, int[]? clusters = null)
    {
        if (scores.Length == 0)
        {
            return estimate with { Reason = "no sample was scored" };
        }

        var mean = estimate with { Value = scores.Average() };
        return ScoreInterval.Of(scores, clusters, IntervalMethod.Default, new BootstrapOptions()) is { } interval
            ? mean.With(interval)
            : mean with { Reason = "an interval needs two finite scores, and two clusters" };
    }

    /// <summary>Deviation with n - 1 over the root of n: what publications give beside a mean.</summary>
    public static Estimate StandardError(Estimate estimate, double[] scores)
    {
        var error = estimate with { Metric = $"{estimate.Metric}/standard_error", Definition = "standard_error" };
        if (scores.Length < 2)
        {
            return error with { Reason = "a standard error needs two scores" };
        }

        var mean = scores.Average();
        return error with { Value = Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1) / scores.Length), Reason = "a standard error has no interval here" };
    }
}
