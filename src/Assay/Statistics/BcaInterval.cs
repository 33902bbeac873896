using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>The bias-corrected and accelerated bootstrap interval. Source: Efron 1987; Efron and Tibshirani 1993, chapter 14.</summary>
static class BcaInterval
{
    /// <summary>Widened, where it must be, to hold the value.</summary>
    /// <param name="value">The statistic of the data.</param>
    /// <param name="replicates">The statistic of the resamples, ascending.</param>
    /// <param name="acceleration">From <see cref="Acceleration"/>.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Interval Of(double value, ReadOnlySpan<double> replicates, double acceleration, double confidence)
    {
        var twiceBelow = 0;
        foreach (var replicate in replicates)
        {
            twiceBelow += replicate < value ? 2 : replicate == value ? 1 : 0;
        }

        // Ties count half, and no share is taken for 0 or 1: the resamples are finitely many.
        var below = Math.Clamp(twiceBelow / (2.0 * replicates.Length), 0.5 / replicates.Length, 1 - (0.5 / replicates.Length));
        var bias = Normal.InvCDF(0, 1, below);
        var z = NormalQuantile.TwoSided(confidence);
        return new Interval(
            Math.Min(value, QuantileInterval.Type7(replicates, Corrected(bias, -z, acceleration))),
            Math.Max(value, QuantileInterval.Type7(replicates, Corrected(bias, z, acceleration))),
            "bootstrap-bca");
    }

    /// <summary>A sixth of the skewness of the jackknife values; those that are undefined are left out.</summary>
    /// <param name="leftOut">The statistic without one part of the data.</param>
    /// <param name="weights">How many parts give this same value; empty: one each.</param>
    public static double Acceleration(ReadOnlySpan<double> leftOut, ReadOnlySpan<long> weights = default)
    {
        double sum = 0, weightSum = 0, squares = 0, cubes = 0;
        for (var i = 0; i < leftOut.Length; i++)
        {
            var weight = Weight(leftOut[i], weights, i);
            sum += weight > 0 ? weight * leftOut[i] : 0;
            weightSum += weight;
        }

        for (var i = 0; i < leftOut.Length; i++)
        {
            var weight = Weight(leftOut[i], weights, i);
            var distance = weight > 0 ? (sum / weightSum) - leftOut[i] : 0;
            squares += weight * distance * distance;
            cubes += weight * distance * distance * distance;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    static double Weight(double value, ReadOnlySpan<long> weights, int i) => !double.IsFinite(value) ? 0 : weights.IsEmpty ? 1 : weights[i];

    static double Corrected(double bias, double z, double acceleration)
    {
        var shrink = 1 - (acceleration * (bias + z));
        return shrink > 0 ? Normal.CDF(0, 1, bias + ((bias + z) / shrink)) : z > 0 ? 1 : 0;
    }
}
