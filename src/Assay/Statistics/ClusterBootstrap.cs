namespace Assay.Statistics;

/// <summary>
/// Intervals of any statistic of rows that come in clusters, by resampling whole clusters. Source: Davison and Hinkley 1997, 3.8; Field
/// and Welsh 2007. Wants twenty clusters or more.
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>Method <c>cluster-bootstrap-bca</c>; the jackknife leaves out one cluster at a time.</summary>
    /// <param name="clusters">The cluster of each row; any numbers.</param>
    /// <param name="statistic">As for <see cref="Bootstrap.Bca"/>; the number of rows differs from resample to resample.</param>
    /// <param name="options">Rounds, confidence, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null as for <see cref="Bootstrap.Bca"/>, or with fewer than two clusters.</returns>
    public static Interval? Bca(
        ReadOnlySpan<int> clusters, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var groups = Groups(clusters);
        var (value, defined) = Replicates(groups, clusters.Length, statistic, options, cancellationToken);
        if (defined.Length == 0)
        {
            return null;
        }

        var leftOut = Bootstrap.Parts(groups.Length, clusters.Length, statistic, Bootstrap.Parallelism(options, cancellationToken),
            (left, indices) => Write(indices, groups.Where((_, group) => group != left)));
        return BcaInterval.Of(value, defined, BcaInterval.Acceleration(leftOut), options.Confidence) with { Method = "cluster-bootstrap-bca" };
    }

    /// <summary>Method <c>cluster-bootstrap-percentile</c>; else as <see cref="Bca"/>.</summary>
    /// <param name="clusters">The cluster of each row; any numbers.</param>
    /// <param name="statistic">As for <see cref="Bootstrap.Bca"/>.</param>
    /// <param name="options">Rounds, confidence, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Interval? Percentile(
        ReadOnlySpan<int> clusters, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var (_, defined) = Replicates(Groups(clusters), clusters.Length, statistic, options, cancellationToken);
        return defined.Length == 0 ? null : Bootstrap.PercentileOf(defined, options.Confidence) with { Method = "cluster-bootstrap-percentile" };
    }

    static (double Value, double[] Ascending) Replicates(
        int[][] groups, int rows, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(options);
        var value = groups.Length < 2 ? double.NaN : statistic(Enumerable.Range(0, rows).ToArray());
        if (!double.IsFinite(value))
        {
            return (value, []);
        }

        var (capacity, root) = (groups.Length * groups.Max(group => group.Length), new SeededRandom(options.Seed));
        return (value, Bootstrap.Defined(Bootstrap.Parts(options.Rounds, capacity, statistic, Bootstrap.Parallelism(options, cancellationToken), (round, indices) =>
        {
            var random = root.Derive((ulong)round);
            return Write(indices, Enumerable.Range(0, groups.Length).Select(_ => groups[random.Next(groups.Length)]));
        })));
    }

    static int Write(int[] indices, IEnumerable<int[]> groups)
    {
        var count = 0;
        foreach (var group in groups)
        {
            group.CopyTo(indices, count);
            count += group.Length;
        }

        return count;
    }

    static int[][] Groups(ReadOnlySpan<int> clusters)
    {
        var ids = clusters.ToArray();
        return [.. Enumerable.Range(0, ids.Length).GroupBy(row => ids[row]).Select(group => group.ToArray())];
    }
}
