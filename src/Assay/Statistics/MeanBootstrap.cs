namespace Assay.Statistics;

/// <summary>
/// Bootstrap intervals of a mean: what <see cref="Bootstrap"/> gives for it, in a fraction of the time. Null for fewer than two values,
/// when one is not finite, or when all are equal. The result depends on the seed, not on the number of threads.
/// </summary>
public static class MeanBootstrap
{
    /// <summary>Method <c>bootstrap-bca</c>; skewed values deserve it (Efron 1987).</summary>
    public static Interval? Bca(ReadOnlySpan<double> values, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var replicates = Replicates(values, options, cancellationToken);
        if (replicates.Length == 0)
        {
            return null;
        }

        // Without row i the mean is (sum - x) / (n - 1): the jackknife's skewness is that of the values.
        var mean = MeanInterval.Moments(values).Mean;
        double squares = 0, cubes = 0;
        foreach (var value in values)
        {
            var distance = value - mean;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }

        return BcaInterval.Of(mean, replicates, cubes / (6 * Math.Pow(squares, 1.5)), options.Confidence);
    }

    /// <summary>Method <c>bootstrap-percentile</c>: the quantiles of the resampled means.</summary>
    public static Interval? Percentile(ReadOnlySpan<double> values, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var replicates = Replicates(values, options, cancellationToken);
        return replicates.Length == 0 ? null : Bootstrap.PercentileOf(replicates, options.Confidence);
    }

    /// <summary>Ascending; empty where there is no interval.</summary>
    internal static double[] Replicates(ReadOnlySpan<double> values, BootstrapOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (TestResult.ReasonAgainst(values) is not null)
        {
            return [];
        }

        var (sum, n, root) = (new ResampledSum(values), values.Length, new SeededRandom(options.Seed));
        var replicates = new double[options.Rounds];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        _ = Parallel.For(0, replicates.Length, parallel, round => replicates[round] = sum.Next(root.Derive((ulong)round)) / n);
        Array.Sort(replicates);
        return replicates;
    }
}
