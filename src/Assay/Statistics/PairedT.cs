namespace Assay.Statistics;

/// <summary>
/// Whether two models have the same mean on the same rows: Student's t of the differences, first minus second. Effect: the mean
/// difference. Undefined for fewer than two differences, when all are equal, or when one is not finite.
/// </summary>
public static class PairedT
{
    /// <summary>For independent rows; method <c>paired-t</c>.</summary>
    public static TestResult Test(ReadOnlySpan<double> differences, double confidence = 0.95)
    {
        var mean = Mean(differences);
        if (TestResult.ReasonAgainst(differences) is { } reason)
        {
            return TestResult.Undefined("paired-t", differences.Length, reason, mean);
        }

        var error = Math.Sqrt(MeanInterval.Moments(differences).Variance / differences.Length);
        return Of("paired-t", mean, error, differences.Length - 1, differences.Length, MeanInterval.StudentT(differences, confidence));
    }

    /// <summary>For rows in clusters, as <see cref="ClusteredMean"/>; (clusters - 1) degrees of freedom; method <c>clustered-paired-t</c>.</summary>
    public static TestResult Clustered(
        ReadOnlySpan<double> differences, ReadOnlySpan<int> clusters, ClusterVariance variance = ClusterVariance.CR1, double confidence = 0.95)
    {
        var (mean, error) = (Mean(differences), ClusteredMean.StandardError(differences, clusters, variance));
        var reason = TestResult.ReasonAgainst(differences)
            ?? (error > 0 ? null : "the clusters are too few or their sums too equal for a standard error");
        return reason is not null
            ? TestResult.Undefined("clustered-paired-t", differences.Length, reason, mean)
            : Of("clustered-paired-t", mean, error, ClusteredMean.Count(clusters) - 1, differences.Length,
                ClusteredMean.Interval(differences, clusters, variance, confidence));
    }

    internal static TestResult Of(string method, double mean, double error, double degrees, long n, Interval? interval) => new()
    {
        Method = method,
        N = n,
        Statistic = mean / error,
        DegreesOfFreedom = degrees,
        PValue = PValue.StudentT(mean / error, degrees),
        Effect = mean,
        Interval = interval,
    };

    static double Mean(ReadOnlySpan<double> differences) => differences.IsEmpty ? double.NaN : MeanInterval.Moments(differences).Mean;
}
