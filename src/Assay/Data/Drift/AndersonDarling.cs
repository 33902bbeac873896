namespace Assay.Data.Drift;

/// <summary>
/// Like Cramér and von Mises, with the tails weighing more; <c>anderson</c>. scipy.stats.anderson_ksamp of two samples with midranks: the
/// probability is interpolated between tabled ones and never below 0.001 or above 0.25. Source: Scholz and Stephens 1987.
/// </summary>
public static class AndersonDarling
{
    static readonly double[] _levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
    static readonly double[] _critical = [0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546];

    /// <summary>Effect <c>ks_distance</c>.</summary>
    /// <param name="reference">Ascending, without NaN, not empty; not all values of both samples equal, or the result is NaN.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length, rows = n + m;
        var (ours, theirs) = (0.0, 0.0);
        Ranks.Walk(reference, current, (a, b, countA, countB) =>
        {
            double equal = countA + countB;
            var below = a + b + (equal / 2);
            var weight = equal / rows / ((below * (rows - below)) - (rows * equal / 4));
            ours += weight * Square((rows * (a + (countA / 2.0))) - (below * n));
            theirs += weight * Square((rows * (b + (countB / 2.0))) - (below * m));
        });
        var raw = ((ours / n) + (theirs / m)) * (rows - 1) / rows;
        var statistic = (raw - 1) / Math.Sqrt(Variance(n, m));
        return new TestResult(statistic, Probability(statistic), KolmogorovSmirnov.Distance(reference, current), "ks_distance");
    }

    static double Square(double x) => x * x;

    static double Variance(double n, double m)
    {
        const int K = 2;
        var rows = n + m;
        var inverse = (1 / n) + (1 / m);
        var (h, g, partial) = (1.0, 0.0, 0.0);
        for (var i = 1; i <= (int)rows - 2; i++)
        {
            partial += 1 / (rows - i);
            g += partial / (i + 1);
        }

        h += partial;
        var a = (((4 * g) - 6) * (K - 1)) + ((10 - (6 * g)) * inverse);
        var b = (((2 * g) - 4) * K * K) + (8 * h * K) + (((2 * g) - (14 * h) - 4) * inverse) - (8 * h) + (4 * g) - 6;
        var c = (((6 * h) + (2 * g) - 2) * K * K) + (((4 * h) - (4 * g) + 6) * K) + (((2 * h) - 6) * inverse) + (4 * h);
        var d = (((2 * h) + 6) * K * K) - (4 * h * K);
        return ((a * rows * rows * rows) + (b * rows * rows) + (c * rows) + d) / ((rows - 1) * (rows - 2) * (rows - 3));
    }

    // A parabola through the logarithms of the tabled levels, by least squares.
    static double Probability(double statistic)
    {
        if (double.IsNaN(statistic) || statistic < _critical[0] || statistic > _critical[^1])
        {
            return double.IsNaN(statistic) ? double.NaN : statistic < _critical[0] ? 0.25 : 0.001;
        }

        var fit = MathNet.Numerics.Fit.Polynomial(_critical, Array.ConvertAll(_levels, Math.Log), 2);
        return Math.Exp(fit[0] + (fit[1] * statistic) + (fit[2] * statistic * statistic));
    }
}
