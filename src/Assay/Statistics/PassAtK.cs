namespace Assay.Statistics;

/// <summary>
/// Success of repeated attempts at problems. pass@k: at least one of k attempts is right; pass^k: all of k are. Both without bias from n
/// attempts of which c are right. Source: Chen et al. 2021 (pass@k); Yao et al. 2024, tau-bench (pass^k).
/// </summary>
public static class PassAtK
{
    /// <summary>1 - C(n-c, k) / C(n, k), as a product that neither overflows nor cancels; NaN when k is more than n.</summary>
    /// <param name="attempts">n, of one problem.</param>
    /// <param name="right">c.</param>
    /// <param name="k">At least 1.</param>
    public static double AnyOf(int attempts, int right, int k)
    {
        Check(attempts, right, k);
        if (k > attempts)
        {
            return double.NaN;
        }

        var allWrong = 1.0;
        for (var i = attempts - right + 1; i <= attempts && allWrong > 0; i++)
        {
            allWrong *= Math.Max(0, 1 - ((double)k / i));
        }

        return 1 - allWrong;
    }

    /// <summary>C(c, k) / C(n, k); NaN when k is more than n.</summary>
    /// <param name="attempts">n, of one problem.</param>
    /// <param name="right">c.</param>
    /// <param name="k">At least 1.</param>
    public static double AllOf(int attempts, int right, int k)
    {
        Check(attempts, right, k);
        if (k > attempts)
        {
            return double.NaN;
        }

        var allRight = 1.0;
        for (var i = 0; i < k; i++)
        {
            allRight *= Math.Max(0, (double)(right - i) / (attempts - i));
        }

        return allRight;
    }

    /// <summary>The mean of pass@k over problems, metric <c>pass@k</c>: BCa over problems, Wilson where all problems are alike. Problems with fewer than k attempts are excluded.</summary>
    public static Estimate Any(ReadOnlySpan<int> attempts, ReadOnlySpan<int> right, int k, BootstrapOptions options, CancellationToken cancellationToken = default) =>
        Over($"pass@{k}", "pass@k", attempts, right, k, AnyOf, options, cancellationToken);

    /// <summary>The mean of pass^k over problems, metric <c>pass^k</c>: BCa over problems, Wilson where all problems are alike. Problems with fewer than k attempts are excluded.</summary>
    public static Estimate All(ReadOnlySpan<int> attempts, ReadOnlySpan<int> right, int k, BootstrapOptions options, CancellationToken cancellationToken = default) =>
        Over($"pass^{k}", "pass^k", attempts, right, k, AllOf, options, cancellationToken);

    static Estimate Over(
        string metric, string definition, ReadOnlySpan<int> attempts, ReadOnlySpan<int> right, int k, Func<int, int, int, double> value,
        BootstrapOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, attempts.Length);
        var values = new List<double>();
        for (var i = 0; i < attempts.Length; i++)
        {
            if (attempts[i] >= k)
            {
                values.Add(value(attempts[i], right[i], k));
            }
        }

        var estimate = new Estimate { Metric = metric, Definition = definition, N = values.Count, Excluded = attempts.Length - values.Count };
        if (values.Count == 0)
        {
            return estimate with { Reason = $"no problem has {k} attempts" };
        }

        var mean = values.Average();
        var interval = MeanBootstrap.Bca(values.ToArray(), options, cancellationToken)
            ?? Wilson.OfProportion(Math.Clamp(mean, 0, 1), values.Count, options.Confidence, "wilson");
        return estimate.With(interval) with { Value = mean };
    }

    static void Check(int attempts, int right, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(right, attempts);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
    }
}
