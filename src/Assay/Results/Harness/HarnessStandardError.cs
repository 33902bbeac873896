using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Results.Harness;

/// <summary>A statistic of the values that were drawn, by their indices.</summary>
delegate double DrawnStatistic(ReadOnlySpan<int> drawn);

/// <summary>
/// The standard errors of lm-evaluation-harness, digit for digit: they stand in its logs, never in our reports. Source: its api/metrics.py,
/// mean_stderr, bootstrap_stderr and pooled_sample_stderr.
/// </summary>
static class HarnessStandardError
{
    const int ChunkSize = 1000;

    /// <summary>s / √n with n - 1 in s; two values or more.</summary>
    public static double OfMean(ReadOnlySpan<double> values) => Math.Sqrt(MeanInterval.Moments(values).Variance) / Math.Sqrt(values.Length);

    /// <summary>
    /// The standard deviation of the statistic over resamples, in chunks of 1000 at most; chunk i draws with CPython's <c>Random(i)</c>. Runs on all cores,
    /// the result does not depend on how many there are.
    /// </summary>
    /// <param name="count">Values to draw from, and to draw.</param>
    /// <param name="rounds">Resamples.</param>
    /// <param name="statistic">Called from several threads at once.</param>
    /// <param name="cancellationToken">Ends it between two chunks.</param>
    public static double OfBootstrap(int count, int rounds, DrawnStatistic statistic, CancellationToken cancellationToken)
    {
        var chunk = Math.Min(ChunkSize, rounds);
        var replicates = new double[rounds / chunk * chunk];
        Parallel.For(0, replicates.Length / chunk, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var random = new PythonRandom((ulong)i);
            var drawn = new int[count];
            foreach (ref var replicate in replicates.AsSpan(i * chunk, chunk))
            {
                random.Choose(count, drawn);
                replicate = statistic(drawn);
            }
        });
        return Math.Sqrt(MeanInterval.Moments(replicates).Variance);
    }

    /// <summary>Of a group: √(Σ (n - 1) · se² · n / (Σ n - k) / Σ n). It leaves out how the tasks differ, and weights by size whatever the mean does.</summary>
    public static double Pooled(IReadOnlyList<double> errors, IReadOnlyList<long> sizes)
    {
        var total = sizes.Sum();
        return Math.Sqrt(errors.Zip(sizes, (error, size) => (size - 1) * error * error * size).Sum() / (total - sizes.Count) / total);
    }
}
