namespace Assay.Statistics;

/// <summary>
/// Whether values of one independent sample tend to be larger than those of another. Statistic: U of the first sample; effect: the
/// probability that a value of the first is larger than one of the second, ties half (0.5: no difference), with DeLong's interval.
/// Source: Mann and Whitney 1947.
/// </summary>
public static class MannWhitney
{
    // As scipy: exact where the smaller sample has at most 8 values and none are tied. Up to 500 in the other the counts fit a double.
    const int ExactSmaller = 8;
    const int ExactLarger = 500;

    /// <summary>
    /// Method <c>mann-whitney-exact</c>, or <c>mann-whitney</c>: normal, variance corrected for ties, with continuity correction, as
    /// scipy. Undefined for an empty sample, when a value is NaN, or all are equal.
    /// </summary>
    public static TestResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double confidence = 0.95)
    {
        double[] all = [.. first, .. second];
        var reason = first.IsEmpty || second.IsEmpty ? "a sample is empty"
            : all.Any(double.IsNaN) ? "a value is NaN"
            : all.AsSpan().IndexOfAnyExcept(all[0]) < 0 ? "all values are equal" : null;
        if (reason is not null)
        {
            return TestResult.Undefined("mann-whitney", all.Length, reason);
        }

        double n = first.Length, m = second.Length;
        var ranks = Midranks.Of(all);
        var u = ranks.Ranks.Take(first.Length).Sum() - (n * (n + 1) / 2);
        var exact = Math.Min(n, m) <= ExactSmaller && Math.Max(n, m) <= ExactLarger && ranks.TieSum == 0;
        return new TestResult
        {
            Method = exact ? "mann-whitney-exact" : "mann-whitney",
            N = all.Length,
            Statistic = u,
            PValue = exact ? Exact(Math.Max(u, (n * m) - u), first.Length, second.Length) : Normal(u, n, m, ranks.TieSum),
            Effect = u / (n * m),
            Interval = Interval(all, first.Length, confidence),
        };
    }

    static double Normal(double u, double n, double m, double tieSum)
    {
        var total = n + m;
        var deviation = Math.Sqrt(n * m / 12 * (total + 1 - (tieSum / (total * (total - 1)))));
        return PValue.Normal(Math.Max(0, Math.Abs(u - (n * m / 2)) - 0.5) / deviation);
    }

    // The number of orders with each U is a coefficient of the product over i = 1..n of (1 - q^(m+i)) / (1 - q^i).
    static double Exact(double larger, int n, int m)
    {
        (n, m) = (Math.Min(n, m), Math.Max(n, m));
        var ways = new double[(n * m) + 1];
        ways[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var u = ways.Length - 1; u >= m + i; u--)
            {
                ways[u] -= ways[u - m - i];
            }

            for (var u = i; u < ways.Length; u++)
            {
                ways[u] += ways[u - i];
            }
        }

        return Math.Min(1, 2 * ways.Skip((int)larger).Sum() / ways.Sum());
    }

    static Interval? Interval(double[] all, int first, double confidence)
    {
        var positives = new bool[all.Length];
        positives.AsSpan(0, first).Fill(true);
        var placements = Placements.Of(all, positives);
        var (area, error) = (placements.Area, Math.Sqrt(placements.Variance));
        var half = NormalQuantile.TwoSided(confidence) * error;
        return error > 1e-8
            ? new Interval(Math.Max(0, area - half), Math.Min(1, area + half), "delong")
            : Wilson.OfProportion(area, Math.Min(first, all.Length - first), confidence, "wilson-min-class");
    }
}
