using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

static class NormalQuantile
{
    /// <summary>How many standard deviations a two-sided interval reaches to either side: 1.96 for 0.95.</summary>
    public static double TwoSided(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        return -Normal.InvCDF(0, 1, (1 - confidence) / 2);
    }
}
