using MathNet.Numerics.Distributions;

namespace Assay.Data.Drift;

/// <summary>
/// Whether values of one sample are greater than those of the other more often than not; <c>mannw</c>. scipy.stats.mannwhitneyu,
/// two-sided: exact up to 8 values on a side without ties, else the normal limit corrected for ties and continuity.
/// </summary>
public static class MannWhitney
{
    const int LargestExact = 8;

    /// <summary>Effect <c>rank_biserial</c>, within [-1, 1]: positive where the current values are greater.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (u, ties) = (0.0, 0.0);
        Ranks.Walk(reference, current, (_, below, ours, theirs) =>
        {
            // A reference value beats the current ones below it; a tie is half.
            u += ours * (below + (theirs / 2.0));
            double equal = ours + theirs;
            ties += (equal * equal * equal) - equal;
        });
        double n = reference.Length, m = current.Length;
        var greater = Math.Max(u, (n * m) - u);
        var p = Math.Min(n, m) <= LargestExact && ties == 0 ? Exact(reference.Length, current.Length, (long)greater) : Limit(n, m, greater, ties);
        return new TestResult(u, p, 1 - (2 * u / (n * m)), "rank_biserial");
    }

    static double Limit(double n, double m, double greater, double ties)
    {
        var rows = n + m;
        var deviation = Math.Sqrt(n * m / 12 * (rows + 1 - (ties / (rows * (rows - 1)))));
        return deviation == 0 ? double.NaN : Math.Min(1, 2 * Normal.CDF(0, 1, -(greater - (n * m / 2) - 0.5) / deviation));
    }

    // The distribution of U, one value of the smaller sample after the other: a product of (1 - x^(m + k)) / (1 - x^k).
    static double Exact(int n, int m, long greater)
    {
        var (small, large) = (Math.Min(n, m), Math.Max(n, m));
        var ways = new double[(small * large) + 1];
        ways[0] = 1;
        for (var k = 1; k <= small; k++)
        {
            for (var u = ways.Length - 1; u >= large + k; u--)
            {
                ways[u] -= ways[u - large - k];
            }

            for (var u = k; u < ways.Length; u++)
            {
                ways[u] += ways[u - k];
            }
        }

        return Math.Min(1, 2 * ways.Skip((int)greater).Sum() / ways.Sum());
    }
}
