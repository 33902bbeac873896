namespace Assay.Statistics;

/// <summary>
/// The sign-flip permutation test of paired differences: if the models do not differ, each difference might as well have had the other
/// sign. Assumes nothing about their distribution but that. Statistic and effect: the mean difference; its interval is Student's. All
/// sign patterns are tried where they are no more than the rounds, which is exact; else random ones, p = (count + 1) / (rounds + 1).
/// Source: Fisher 1935; Phipson and Smyth 2010 for the + 1.
/// </summary>
public static class SignFlip
{
    /// <summary>Method <c>sign-flip</c>. Undefined for fewer than two differences, when one is not finite, or when all are 0.</summary>
    /// <param name="differences">First model minus second, one a row.</param>
    /// <param name="options">Rounds, confidence of the interval, seed, threads.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static TestResult Test(ReadOnlySpan<double> differences, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var n = differences.Length;
        var reason = n < 2 ? "a test needs at least two pairs"
            : !TestResult.AllFinite(differences) ? "a value is not a finite number"
            : differences.IndexOfAnyExcept(0) < 0 ? "all differences are 0" : null;
        if (reason is not null)
        {
            return TestResult.Undefined("sign-flip", n, reason);
        }

        var exact = n < 31 && 1 << n <= options.Rounds;
        var mean = MeanInterval.Moments(differences).Mean;
        return new TestResult
        {
            Method = "sign-flip",
            N = n,
            Statistic = mean,
            PValue = exact ? Exact(differences) : Sampled(differences, options, cancellationToken),
            Effect = mean,
            Interval = MeanInterval.StudentT(differences, options.Confidence),
        };
    }

    static double Exact(ReadOnlySpan<double> differences)
    {
        var sums = new MaskedSum(differences);
        var (total, limit) = Limit(differences);
        var (bits, extreme, patterns) = (new ulong[sums.Words], 0, 1 << differences.Length);
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            bits[0] = (ulong)pattern;
            extreme += Math.Abs((2 * sums.Of(bits)) - total) >= limit ? 1 : 0;
        }

        return (double)extreme / patterns;
    }

    static double Sampled(ReadOnlySpan<double> differences, BootstrapOptions options, CancellationToken cancellationToken)
    {
        var (sums, root) = (new MaskedSum(differences), new SeededRandom(options.Seed));
        var (total, limit) = Limit(differences);
        var extreme = Rounds.Count(options, () => new ulong[sums.Words], (round, bits) =>
        {
            var random = new VectorRandom(root.Derive((ulong)round));
            MaskedSum.Coins(ref random, bits);
            return Math.Abs((2 * sums.Of(bits)) - total) >= limit;
        }, cancellationToken);
        return (extreme + 1.0) / (options.Rounds + 1);
    }

    // Sums that equal the observed one but for rounding count as equally extreme.
    static (double Total, double Limit) Limit(ReadOnlySpan<double> differences)
    {
        double total = 0, size = 0;
        foreach (var difference in differences)
        {
            total += difference;
            size += Math.Abs(difference);
        }

        return (total, Math.Abs(total) - (1e-12 * size));
    }
}
