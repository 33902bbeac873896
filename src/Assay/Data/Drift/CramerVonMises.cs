using MathNet.Numerics;

namespace Assay.Data.Drift;

/// <summary>
/// The squared distance of two empirical distribution functions, summed over all values; <c>cramer_von_mises</c>.
/// scipy.stats.cramervonmises_2samp: exact up to 20 values on either side (Xiao, Gordon and Yakovlev 2006), else by its limit (Anderson 1962).
/// </summary>
public static class CramerVonMises
{
    const int LargestExact = 20;

    /// <summary>Effect <c>ks_distance</c>.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length;
        var (ours, theirs) = (0.0, 0.0);
        Ranks.Walk(reference, current, (a, b, countA, countB) =>
        {
            var rank = a + b + ((countA + countB + 1) / 2.0);
            ours += Squares(rank, a, countA);
            theirs += Squares(rank, b, countB);
        });
        var (product, rows) = (n * m, n + m);
        var squares = (n * ours) + (m * theirs);
        var statistic = (squares / (product * rows)) - (((4 * product) - 1) / (6 * rows));
        if (Math.Max(n, m) <= LargestExact)
        {
            return new TestResult(statistic, Exact(squares, reference.Length, current.Length), KolmogorovSmirnov.Distance(reference, current), "ks_distance");
        }

        var mean = (1 + (1 / rows)) / 6;
        var variance = (rows + 1) * ((4 * product * rows) - (3 * ((n * n) + (m * m))) - (2 * product)) / (45 * rows * rows * 4 * product);
        var standard = (1.0 / 6) + ((statistic - mean) / Math.Sqrt(45 * variance));
        return new TestResult(statistic, standard < 0.003 ? 1 : Math.Max(0, 1 - Limit(standard)), KolmogorovSmirnov.Distance(reference, current), "ks_distance");
    }

    // The share of all orders of both samples, each a path through the grid of how many of each came so far, whose squared heights add up to as much.
    static double Exact(double squares, int n, int m)
    {
        if (Math.Min(n, m) < 2)
        {
            return double.NaN;
        }

        long common = Euclid.LeastCommonMultiple(n, m), perFirst = common / n, perSecond = common / m, product = (long)n * m;
        var least = Math.Floor(common * common * (n + m) * ((6 * squares) - (product * ((4.0 * product) - 1))) / (6.0 * product * product));
        var paths = new Dictionary<long, double>[n + 1];
        for (var j = 0; j <= m; j++)
        {
            for (var i = 0; i <= n; i++)
            {
                var height = (perFirst * i) - (perSecond * j);
                paths[i] = Extend(j == 0 ? null : paths[i], i == 0 ? null : paths[i - 1], height * height);
            }
        }

        return paths[n].Where(sum => sum.Key >= least).Sum(sum => sum.Value) / paths[n].Values.Sum();
    }

    static Dictionary<long, double> Extend(Dictionary<long, double>? below, Dictionary<long, double>? before, long added)
    {
        var sums = new Dictionary<long, double>();
        foreach (var (sum, ways) in (below ?? []).Concat(before ?? []))
        {
            sums[sum + added] = sums.GetValueOrDefault(sum + added) + ways;
        }

        if (below is null && before is null)
        {
            sums[0] = 1;
        }

        return sums;
    }

    static double Squares(double rank, int below, int count)
    {
        var sum = 0.0;
        for (var i = 1; i <= count; i++)
        {
            sum += (rank - below - i) * (rank - below - i);
        }

        return sum;
    }

    // Equation 1.2 of Csörgő and Faraway 1996.
    static double Limit(double x)
    {
        var sum = 0.0;
        for (var k = 0; k < 200; k++)
        {
            double y = (4 * k) + 1;
            var q = y * y / (16 * x);
            var term = Math.Exp(SpecialFunctions.GammaLn(k + 0.5) - SpecialFunctions.GammaLn(k + 1.0)) / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x))
                * Math.Sqrt(y) * Math.Exp(-2 * q) * SpecialFunctions.BesselKScaled(0.25, q);
            sum += term;
            if (term < 1e-12)
            {
                break;
            }
        }

        return sum;
    }
}
