namespace Assay.Statistics;

/// <summary>How the standard error of a clustered mean is made. All three sum the residuals cluster by cluster.</summary>
public enum ClusterVariance
{
    /// <summary>CR0 times C / (C - 1), as inspect_ai does: the least biased for few clusters. Our default.</summary>
    CR1,

    /// <summary>The square root of the sum over clusters of (sum of residuals)², over n.</summary>
    CR0,

    /// <summary>Miller 2024: s² / n of the central limit theorem plus the cross terms within clusters over n².</summary>
    Miller,
}

/// <summary>
/// The mean of values that come in clusters (questions about one text, turns of one talk), which are alike within a cluster: treated as
/// independent, they would seem to know more than they do. Sources: Liang and Zeger 1986; Miller 2024, Adding Error Bars to Evals.
/// </summary>
public static class ClusteredMean
{
    /// <summary>NaN for fewer than two clusters, when a value is not finite, or where Miller's sum of variances is negative.</summary>
    /// <param name="values">One a row.</param>
    /// <param name="clusters">The cluster of each row; any numbers.</param>
    /// <param name="variance">Which form.</param>
    public static double StandardError(ReadOnlySpan<double> values, ReadOnlySpan<int> clusters, ClusterVariance variance = ClusterVariance.CR1)
    {
        var (sums, squares, count) = ResidualSums(values, clusters);
        if (count < 2)
        {
            return double.NaN;
        }

        double n = values.Length;
        return variance == ClusterVariance.Miller
            ? Math.Sqrt((squares / (n - 1) / n) + ((sums - squares) / (n * n)))
            : Math.Sqrt(variance == ClusterVariance.CR0 ? sums : sums * count / (count - 1)) / n;
    }

    /// <summary>
    /// Mean ± t · standard error with (clusters - 1) degrees of freedom, method <c>clustered-t</c>; null where the standard error is NaN.
    /// </summary>
    /// <param name="values">One a row.</param>
    /// <param name="clusters">The cluster of each row; any numbers.</param>
    /// <param name="variance">Which form.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Interval? Interval(
        ReadOnlySpan<double> values, ReadOnlySpan<int> clusters, ClusterVariance variance = ClusterVariance.CR1, double confidence = 0.95)
    {
        var error = StandardError(values, clusters, variance);
        if (!double.IsFinite(error))
        {
            return null;
        }

        var mean = MeanInterval.Moments(values).Mean;
        var half = MeanInterval.StudentTQuantile(confidence, Count(clusters) - 1) * error;
        return new Interval(mean - half, mean + half, "clustered-t");
    }

    internal static int Count(ReadOnlySpan<int> clusters) => new HashSet<int>([.. clusters]).Count;

    static (double ClusterSquares, double RowSquares, int Clusters) ResidualSums(ReadOnlySpan<double> values, ReadOnlySpan<int> clusters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(clusters.Length, values.Length);
        var mean = values.IsEmpty ? 0 : MeanInterval.Moments(values).Mean;
        var sums = new Dictionary<int, double>();
        var squares = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var residual = values[i] - mean;
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + residual;
            squares += residual * residual;
        }

        return (sums.Values.Sum(sum => sum * sum), squares, sums.Count);
    }
}
