using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>
/// Whether two models err equally often on the same rows: two-sided p-values from the rows where exactly one of them is right.
/// Without such rows p is 1. Source: McNemar 1947; Fagerland, Lydersen and Laake 2013 (mid-p).
/// </summary>
public static class McNemar
{
    /// <summary>The exact binomial test; valid for any counts, somewhat conservative.</summary>
    /// <param name="onlyFirst">Rows that only the first model has right.</param>
    /// <param name="onlySecond">Rows that only the second model has right.</param>
    public static double Exact(long onlyFirst, long onlySecond) => Math.Min(1, 2 * AtMost(onlyFirst, onlySecond));

    /// <summary>The exact test with half of the observed outcome's probability: nearly exact level, more power. Our default.</summary>
    /// <param name="onlyFirst">Rows that only the first model has right.</param>
    /// <param name="onlySecond">Rows that only the second model has right.</param>
    public static double MidP(long onlyFirst, long onlySecond)
    {
        var n = onlyFirst + onlySecond;
        var least = Math.Min(onlyFirst, onlySecond);
        var observed = Math.Exp(SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(least + 1.0)
            - SpecialFunctions.GammaLn(n - least + 1.0) - (n * Math.Log(2)));
        return Math.Min(1, (2 * AtMost(onlyFirst, onlySecond)) - observed);
    }

    /// <summary>(|b - c| - 1)² / (b + c) against chi-squared with one degree of freedom; for many discordant rows only.</summary>
    /// <param name="onlyFirst">Rows that only the first model has right.</param>
    /// <param name="onlySecond">Rows that only the second model has right.</param>
    public static double ChiSquaredCorrected(long onlyFirst, long onlySecond)
    {
        // The correction never turns equal counts into a difference.
        var difference = Math.Max(0, Math.Abs(onlyFirst - onlySecond) - 1.0);
        return difference == 0 ? 1 : SpecialFunctions.Erfc(difference / Math.Sqrt(2.0 * (onlyFirst + onlySecond)));
    }

    /// <summary>
    /// The mid-p test in the shape of the other tests, method <c>mcnemar-midp</c>. Statistic: the smaller count; effect: the difference of
    /// the shares that are right, with Bonett and Price's 2012 interval (Wald's after one more row of either kind, method
    /// <c>bonett-price</c>). Undefined without rows.
    /// </summary>
    /// <param name="onlyFirst">Rows that only the first model has right.</param>
    /// <param name="onlySecond">Rows that only the second model has right.</param>
    /// <param name="rows">All rows, those on which the models agree with them.</param>
    /// <param name="confidence">Of the interval.</param>
    public static TestResult Test(long onlyFirst, long onlySecond, long rows, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, onlyFirst + onlySecond);
        return rows == 0
            ? TestResult.Undefined("mcnemar-midp", 0, "there are no rows")
            : new TestResult
            {
                Method = "mcnemar-midp",
                N = rows,
                Statistic = Math.Min(onlyFirst, onlySecond),
                PValue = MidP(onlyFirst, onlySecond),
                Effect = (double)(onlyFirst - onlySecond) / rows,
                Interval = BonettPrice(onlyFirst, onlySecond, rows, confidence),
            };
    }

    static Interval BonettPrice(long onlyFirst, long onlySecond, long rows, double confidence)
    {
        var (p, q) = ((onlyFirst + 1.0) / (rows + 2), (onlySecond + 1.0) / (rows + 2));
        var half = NormalQuantile.TwoSided(confidence) * Math.Sqrt((p + q - ((p - q) * (p - q))) / (rows + 2));
        return new Interval(Math.Max(-1, p - q - half), Math.Min(1, p - q + half), "bonett-price");
    }

    // P(X <= the smaller count), X ~ Binomial(b + c, 1/2).
    static double AtMost(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var least = Math.Min(onlyFirst, onlySecond);
        var most = Math.Max(onlyFirst, onlySecond);
        return most == 0 ? 1 : SpecialFunctions.BetaRegularized(most, least + 1.0, 0.5);
    }
}
