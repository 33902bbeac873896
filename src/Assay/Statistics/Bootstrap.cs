namespace Assay.Statistics;

/// <summary>Intervals of any statistic of rows, by resampling rows.</summary>
public static class Bootstrap
{
    // Up to this many rows the jackknife leaves out one at a time; above, it leaves out one of JackknifeGroups groups (row i is in
    // group i mod groups). The acceleration is a skewness of sums over rows, which grouping leaves as it is in expectation.
    const int JackknifeRows = 2000;
    const int JackknifeGroups = 500;

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
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(options);
        var value = rows == 0 ? double.NaN : statistic(Enumerable.Range(0, rows).ToArray());
        if (!double.IsFinite(value))
        {
            return null;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        var root = new SeededRandom(options.Seed);
        var replicates = Parts(options.Rounds, rows, statistic, parallel, (round, indices) =>
        {
            var random = root.Derive((ulong)round);
            foreach (ref var index in indices.AsSpan())
            {
                index = random.Next(rows);
            }

            return rows;
        });
        double[] defined = [.. replicates.Where(double.IsFinite).Order()];
        if (defined.Length == 0 || defined[0] == defined[^1])
        {
            return null;
        }

        var groups = rows <= JackknifeRows ? rows : JackknifeGroups;
        var leftOut = Parts(groups, rows, statistic, parallel, (group, indices) =>
        {
            var kept = 0;
            for (var row = 0; row < rows; row++)
            {
                if (row % groups != group)
                {
                    indices[kept++] = row;
                }
            }

            return kept;
        });
        return BcaInterval.Of(value, defined, BcaInterval.Acceleration(leftOut), options.Confidence);
    }

    // The statistic of each part of the rows; choose writes the rows of a part and says how many they are.
    static double[] Parts(
        int parts, int rows, Func<ReadOnlySpan<int>, double> statistic, ParallelOptions parallel, Func<int, int[], int> choose)
    {
        var values = new double[parts];
        _ = Parallel.For(0, parts, parallel, () => new int[rows], (part, _, indices) =>
        {
            var count = choose(part, indices);
            values[part] = count == 0 ? double.NaN : statistic(indices.AsSpan(0, count));
            return indices;
        }, _ => { });
        return values;
    }
}
