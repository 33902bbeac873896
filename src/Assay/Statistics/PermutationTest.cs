namespace Assay.Statistics;

/// <summary>
/// Whether two independent samples have the same distribution, by the difference of their means when the labels are dealt anew at random;
/// p = (count + 1) / (rounds + 1). Statistic and effect: mean of the first minus mean of the second; its interval is Welch's.
/// Source: Fisher 1935; Phipson and Smyth 2010 for the + 1.
/// </summary>
public static class PermutationTest
{
    /// <summary>Method <c>permutation</c>. Undefined for an empty sample, a value that is not finite, or when all values are equal.</summary>
    /// <param name="first">One value a row.</param>
    /// <param name="second">Independent of the first.</param>
    /// <param name="options">Rounds, confidence of the interval, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static TestResult TwoSamples(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        double[] all = [.. first, .. second];
        var reason = first.IsEmpty || second.IsEmpty ? "a sample is empty"
            : !TestResult.AllFinite(all) ? "a value is not a finite number"
            : all.AsSpan().IndexOfAnyExcept(all[0]) < 0 ? "all values are equal" : null;
        if (reason is not null)
        {
            return TestResult.Undefined("permutation", all.Length, reason);
        }

        var effect = MeanInterval.Moments(first).Mean - MeanInterval.Moments(second).Mean;
        var (n, m, total) = (first.Length, second.Length, all.Sum());
        var limit = Math.Abs(effect) - (1e-12 * all.Average(Math.Abs));
        var (sums, root) = (new MaskedSum(all), new SeededRandom(options.Seed));
        var extreme = Rounds.Count(options, () => new ulong[sums.Words], (round, bits) =>
        {
            var single = root.Derive((ulong)round);
            var random = new VectorRandom(single);
            sums.Subset(ref random, single, n, bits);
            var sum = sums.Of(bits);
            return Math.Abs((sum / n) - ((total - sum) / m)) >= limit;
        }, cancellationToken);
        return new TestResult
        {
            Method = "permutation",
            N = n + m,
            Statistic = effect,
            PValue = (extreme + 1.0) / (options.Rounds + 1),
            Effect = effect,
            Interval = MeanInterval.Welch(first, second, options.Confidence),
        };
    }
}
