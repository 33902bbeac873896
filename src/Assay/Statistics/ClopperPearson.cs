using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>
/// The exact interval of a proportion: covers at least at its level for every proportion and n, and is wider than Wilson's for it.
/// Source: Clopper and Pearson 1934, by quantiles of the beta distribution.
/// </summary>
public static class ClopperPearson
{
    /// <summary>Method <c>clopper-pearson</c>. Without observations it is [0, 1].</summary>
    public static Interval Interval(long successes, long n, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var tail = (1 - confidence) / 2;
        return new Interval(
            successes == 0 ? 0 : Beta.InvCDF(successes, n - successes + 1, tail),
            successes == n ? 1 : Beta.InvCDF(successes + 1, n - successes, 1 - tail),
            "clopper-pearson");
    }
}
