namespace Assay.Statistics;

/// <summary>
/// Whether two models differ in a statistic of the same rows, by resampling rows for both at once. The p-value inverts the percentile
/// interval: twice the smaller share of resampled differences at or beyond 0, with one added to the count and the rounds. Effect: the
/// difference, first minus second. Source: Efron and Tibshirani 1993, 15.4 and 16.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>For means: of differences, first minus second; method <c>paired-bootstrap</c>.</summary>
    public static TestResult Test(ReadOnlySpan<double> differences, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var mean = differences.IsEmpty ? double.NaN : MeanInterval.Moments(differences).Mean;
        return TestResult.ReasonAgainst(differences) is { } reason
            ? TestResult.Undefined("paired-bootstrap", differences.Length, reason, mean)
            : Of(mean, MeanBootstrap.Replicates(differences, options, cancellationToken), differences.Length, options.Confidence);
    }

    /// <summary>For any statistic, such as F1 or BLEU; method <c>paired-bootstrap</c>.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="first">The statistic of the first model on the rows with these indices; called from several threads at once.</param>
    /// <param name="second">The same of the second model.</param>
    /// <param name="options">Rounds, confidence, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static TestResult Test(
        int rows, Func<ReadOnlySpan<int>, double> first, Func<ReadOnlySpan<int>, double> second, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        var (value, ascending) = Bootstrap.Replicates(rows, indices => first(indices) - second(indices), options, cancellationToken);
        return ascending.Length == 0
            ? TestResult.Undefined("paired-bootstrap", rows, double.IsFinite(value) ? "all resamples give the same difference" : "the statistic is undefined", value)
            : Of(value, ascending, rows, options.Confidence);
    }

    static TestResult Of(double value, ReadOnlySpan<double> ascending, long n, double confidence)
    {
        var (atMost, atLeast) = (0, 0);
        foreach (var difference in ascending)
        {
            atMost += difference <= 0 ? 1 : 0;
            atLeast += difference >= 0 ? 1 : 0;
        }

        return new TestResult
        {
            Method = "paired-bootstrap",
            N = n,
            Statistic = value,
            PValue = Math.Min(1, 2 * (Math.Min(atMost, atLeast) + 1.0) / (ascending.Length + 1)),
            Effect = value,
            Interval = Bootstrap.PercentileOf(ascending, confidence),
        };
    }
}
