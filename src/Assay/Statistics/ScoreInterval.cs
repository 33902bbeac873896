namespace Assay.Statistics;

/// <summary>The interval of a mean of scores by the method of the user's choice. Of other statistics: <see cref="Bootstrap"/> and <see cref="ClusterBootstrap"/>.</summary>
public static class ScoreInterval
{
    /// <summary>
    /// Null where the method has none: too few scores or clusters, a score that is not finite, a proportion's method for scores other than
    /// 0 and 1, nothing to resample.
    /// </summary>
    /// <param name="scores">One a sample.</param>
    /// <param name="clusters">The cluster of each sample; empty: independent samples.</param>
    /// <param name="method">How.</param>
    /// <param name="options">Confidence for all methods, the rest for bootstraps.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Interval? Of(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, IntervalMethod method, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (isProportion, confidence) = (scores.Length > 0 && scores.IndexOfAnyExcept(0, 1) < 0, options.Confidence);
        var chosen = method != IntervalMethod.Default ? method
            : !clusters.IsEmpty ? IntervalMethod.ClusteredT
            : isProportion ? IntervalMethod.Wilson : IntervalMethod.StudentT;
        var successes = scores.Count(1.0);
        return chosen switch
        {
            IntervalMethod.Wilson => isProportion ? Wilson.Interval(successes, scores.Length, confidence) : null,
            IntervalMethod.ClopperPearson => isProportion ? ClopperPearson.Interval(successes, scores.Length, confidence) : null,
            IntervalMethod.BootstrapPercentile or IntervalMethod.BootstrapBca =>
                Resampled(scores, clusters, chosen == IntervalMethod.BootstrapBca, options, cancellationToken),
            IntervalMethod.ClusteredT => clusters.IsEmpty ? null : ClusteredMean.Interval(scores, clusters, confidence: confidence),
            IntervalMethod.Default or IntervalMethod.StudentT or _ => MeanInterval.StudentT(scores, confidence),
        };
    }

    static Interval? Resampled(ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, bool bca, BootstrapOptions options, CancellationToken cancellationToken)
    {
        if (clusters.IsEmpty)
        {
            return bca ? MeanBootstrap.Bca(scores, options, cancellationToken) : MeanBootstrap.Percentile(scores, options, cancellationToken);
        }

        var values = scores.ToArray();
        return bca ? ClusterBootstrap.Bca(clusters, Mean, options, cancellationToken) : ClusterBootstrap.Percentile(clusters, Mean, options, cancellationToken);

        double Mean(ReadOnlySpan<int> rows)
        {
            var sum = 0.0;
            foreach (var row in rows)
            {
                sum += values[row];
            }

            return sum / rows.Length;
        }
    }
}
