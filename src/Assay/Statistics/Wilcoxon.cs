namespace Assay.Statistics;

/// <summary>What Wilcoxon's test does with differences of 0.</summary>
public enum ZeroDifferences
{
    /// <summary>Leaves them out (Wilcoxon 1945). The default, as in scipy.</summary>
    Wilcox,

    /// <summary>Ranks them, and gives half of their ranks to either sign.</summary>
    Zsplit,

    /// <summary>Ranks them, then leaves their ranks out (Pratt 1959); the variance as Cureton 1967.</summary>
    Pratt,
}

/// <summary>
/// The signed-rank test: whether paired differences are symmetric about 0. For two models on many data sets (Demšar 2006), and for scores
/// whose mean an outlier would rule. Statistic: the smaller of the two rank sums; effect: the median difference with an interval from
/// order statistics. Source: Wilcoxon 1945.
/// </summary>
public static class Wilcoxon
{
    // scipy's limit; 2^50 patterns are counted exactly in a double.
    const int ExactPairs = 50;

    /// <summary>
    /// Method <c>wilcoxon-exact</c> for at most 50 differences without zeros and ties, else <c>wilcoxon</c>: normal, variance corrected
    /// for ties, no continuity correction, as scipy. Undefined without a difference other than 0, or when one is not finite.
    /// </summary>
    /// <param name="differences">First model minus second.</param>
    /// <param name="zeros">What to do with differences of 0.</param>
    /// <param name="confidence">Of the effect's interval.</param>
    public static TestResult Test(ReadOnlySpan<double> differences, ZeroDifferences zeros = ZeroDifferences.Wilcox, double confidence = 0.95)
    {
        var zeroCount = differences.Count(0.0);
        if (!TestResult.AllFinite(differences) || zeroCount == differences.Length)
        {
            var reason = zeroCount == differences.Length ? "no difference is other than 0" : "a value is not a finite number";
            return TestResult.Undefined("wilcoxon", differences.Length, reason);
        }

        var ranked = zeros == ZeroDifferences.Wilcox ? Array.FindAll(differences.ToArray(), d => d != 0) : differences.ToArray();
        var ranks = Midranks.Of(Array.ConvertAll(ranked, Math.Abs));
        var (positive, negative, zero) = RankSums(ranked, ranks.Ranks);
        if (zeros == ZeroDifferences.Zsplit)
        {
            (positive, negative) = (positive + (zero / 2), negative + (zero / 2));
        }

        var statistic = Math.Min(positive, negative);
        var exact = zeroCount == 0 && ranks.TieSum == 0 && ranked.Length <= ExactPairs;
        var sorted = differences.ToArray();
        Array.Sort(sorted);
        var median = QuantileInterval.OfSorted(sorted, 0.5, confidence);
        return new TestResult
        {
            Method = exact ? "wilcoxon-exact" : "wilcoxon",
            N = differences.Length,
            Statistic = statistic,
            PValue = exact ? Exact((int)statistic, ranked.Length) : Normal(statistic, ranked.Length, zeroCount, zeros, ranks.TieSum),
            Effect = median.Value,
            Interval = median.Interval,
        };
    }

    static (double Positive, double Negative, double Zero) RankSums(double[] differences, double[] ranks)
    {
        double positive = 0, negative = 0, zero = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            positive += differences[i] > 0 ? ranks[i] : 0;
            negative += differences[i] < 0 ? ranks[i] : 0;
            zero += differences[i] == 0 ? ranks[i] : 0;
        }

        return (positive, negative, zero);
    }

    static double Normal(double statistic, double n, double zeroCount, ZeroDifferences zeros, double tieSum)
    {
        var mean = n * (n + 1) / 4;
        var variance = n * (n + 1) * ((2 * n) + 1);
        if (zeros == ZeroDifferences.Pratt)
        {
            mean -= zeroCount * (zeroCount + 1) / 4;
            variance -= zeroCount * (zeroCount + 1) * ((2 * zeroCount) + 1);
            tieSum -= (zeroCount * zeroCount * zeroCount) - zeroCount;
        }

        var deviation = Math.Sqrt((variance - (tieSum / 2)) / 24);
        return deviation > 0 ? PValue.Normal((statistic - mean) / deviation) : 1;
    }

    // Of the 2^n ways to sign the ranks 1 to n, how many have a positive sum of at most the statistic.
    static double Exact(int statistic, int n)
    {
        var ways = new double[statistic + 1];
        ways[0] = 1;
        for (var rank = 1; rank <= n; rank++)
        {
            for (var sum = statistic; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return Math.Min(1, 2 * ways.Sum() / Math.Pow(2, n));
    }
}
