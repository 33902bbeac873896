namespace Assay.Statistics;

/// <summary>Intervals of any statistic of rows, by resampling rows.</summary>
/// <remarks>Of a mean, <see cref="MeanBootstrap"/> gives the same sooner; of a table of counts, <see cref="MultinomialBootstrap"/>.</remarks>
public static class Bootstrap
{
    // Up to this many rows the jackknife leaves out one at a time; above, it leaves out one of JackknifeGroups groups (row i is in
    // group i mod groups). The acceleration is a skewness of sums over rows, which grouping leaves as it is in expectation; 200 groups
    // know it to 0.002, a hundredth of a standard error at the ends of the interval.
    const int JackknifeRows = 2000;
    const int JackknifeGroups = 200;

    /// <summary>
    /// The BCa interval, method <c>bootstrap-bca</c>. Resamples where the statistic is NaN are left out. Null when the value is
    /// undefined, or all resamples give the same value. The result depends on the seed, not on the number of threads.
    /// </summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="statistic">
    /// Of the rows with these indices, each as often as it is named; NaN where undefined. It is called from several threads at once
    /// and must not keep the span.
    /// </param>
    /// <param name="options">Rounds, confidence, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Interval? Bca(
        int rows, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var (value, defined) = Replicates(rows, statistic, options, cancellationToken);
        if (defined.Length == 0)
        {
            return null;
        }

        var groups = rows <= JackknifeRows ? rows : JackknifeGroups;
        var leftOut = Parts(groups, rows, statistic, Parallelism(options, cancellationToken), (group, indices) =>
        {
            var (kept, next) = (0, group);
            for (var row = 0; row < rows; row++)
            {
                if (row == next)
                {
                    next += groups;
                }
                else
                {
                    indices[kept++] = row;
                }
            }

            return kept;
        });
        return BcaInterval.Of(value, defined, BcaInterval.Acceleration(leftOut), options.Confidence);
    }

    /// <summary>
    /// The percentile interval, method <c>bootstrap-percentile</c>: the quantiles of the resampled statistics. Null as for
    /// <see cref="Bca"/>, whose parameters it has; source: Efron 1979.
    /// </summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="statistic">Of the rows with these indices; called from several threads at once.</param>
    /// <param name="options">Rounds, confidence, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Interval? Percentile(
        int rows, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var (_, defined) = Replicates(rows, statistic, options, cancellationToken);
        return defined.Length == 0 ? null : PercentileOf(defined, options.Confidence);
    }

    internal static Interval PercentileOf(ReadOnlySpan<double> ascending, double confidence) => new(
        QuantileInterval.Type7(ascending, (1 - confidence) / 2), QuantileInterval.Type7(ascending, (1 + confidence) / 2), "bootstrap-percentile");

    /// <summary>The value, and the defined replicates ascending: none where the value is undefined or all are equal.</summary>
    internal static (double Value, double[] Ascending) Replicates(
        int rows, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(options);
        var value = rows == 0 ? double.NaN : statistic(Enumerable.Range(0, rows).ToArray());
        if (!double.IsFinite(value))
        {
            return (value, []);
        }

        var root = new SeededRandom(options.Seed);
        return (value, Defined(Parts(options.Rounds, rows, statistic, Parallelism(options, cancellationToken), (round, indices) =>
        {
            var random = root.Derive((ulong)round);
            foreach (ref var index in indices.AsSpan())
            {
                index = random.Next(rows);
            }

            return rows;
        })));
    }

    internal static ParallelOptions Parallelism(BootstrapOptions options, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };

    internal static double[] Defined(double[] replicates)
    {
        double[] defined = [.. replicates.Where(double.IsFinite).Order()];
        return defined.Length == 0 || defined[0] == defined[^1] ? [] : defined;
    }

    /// <summary>The statistic of each part of the rows; choose writes the rows of a part, at most capacity, and says how many they are.</summary>
    internal static double[] Parts(
        int parts, int capacity, Func<ReadOnlySpan<int>, double> statistic, ParallelOptions parallel, Func<int, int[], int> choose)
    {
        var values = new double[parts];
        _ = Parallel.For(0, parts, parallel, () => new int[capacity], (part, _, indices) =>
        {
            var count = choose(part, indices);
            values[part] = count == 0 ? double.NaN : statistic(indices.AsSpan(0, count));
            return indices;
        }, _ => { });
        return values;
    }
}
