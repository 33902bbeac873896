using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Assay.Data.Drift;

/// <summary>Tests on how often each category occurs. Counts of both samples stand in one order.</summary>
public static class CountTests
{
    /// <summary>
    /// Pearson's test of the current counts against those of the reference, scaled; <c>chisquare</c>. Evidently's form: the reference counts
    /// as known exactly, and a category that it does not hold makes the statistic infinite. Effect <c>cohen_w</c>.
    /// </summary>
    /// <param name="reference">Counts.</param>
    /// <param name="current">Counts, as many.</param>
    public static TestResult ChiSquare(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) => Against(reference, current, (found, expected) => (found - expected) * (found - expected) / expected);

    /// <summary>The same by likelihood, 2 Σ O ln(O / E); <c>g_test</c>. Effect <c>cohen_w</c>.</summary>
    /// <param name="reference">Counts.</param>
    /// <param name="current">Counts, as many.</param>
    public static TestResult G(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) => Against(reference, current, (found, expected) => found == 0 ? 0 : 2 * found * Math.Log(found / expected));

    /// <summary>Whether two shares differ, with the pooled variance; <c>z</c>. Effect <c>share_difference</c>: current minus reference.</summary>
    /// <param name="successes">In the reference.</param>
    /// <param name="rows">Of the reference.</param>
    /// <param name="currentSuccesses">In the current data.</param>
    /// <param name="currentRows">Of the current data.</param>
    public static TestResult Z(long successes, long rows, long currentSuccesses, long currentRows)
    {
        var (p, q) = ((double)successes / rows, (double)currentSuccesses / currentRows);
        var pooled = (double)(successes + currentSuccesses) / (rows + currentRows);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / rows) + (1.0 / currentRows)));
        var z = deviation == 0 ? 0 : (p - q) / deviation;
        return new TestResult(z, 2 * Normal.CDF(0, 1, -Math.Abs(z)), q - p, "share_difference");
    }

    /// <summary>Fisher's exact test of two by two counts; <c>fisher_exact</c>. scipy.stats.fisher_exact, two-sided. Effect <c>share_difference</c>.</summary>
    /// <param name="successes">In the reference.</param>
    /// <param name="rows">Of the reference.</param>
    /// <param name="currentSuccesses">In the current data.</param>
    /// <param name="currentRows">Of the current data.</param>
    public static TestResult Fisher(long successes, long rows, long currentSuccesses, long currentRows)
    {
        var all = successes + currentSuccesses;
        var found = LogWays(successes);
        var total = SpecialFunctions.BinomialLn((int)(rows + currentRows), (int)all);
        var p = 0.0;
        for (var k = Math.Max(0, all - currentRows); k <= Math.Min(rows, all); k++)
        {
            // As there: what is as likely to within rounding counts as extreme.
            p += LogWays(k) <= found + 1e-7 ? Math.Exp(LogWays(k) - total) : 0;
        }

        var odds = (double)successes * (currentRows - currentSuccesses) / ((rows - successes) * (double)currentSuccesses);
        return new TestResult(odds, Math.Min(1, p), ((double)currentSuccesses / currentRows) - ((double)successes / rows), "share_difference");

        double LogWays(long k)
        {
            return SpecialFunctions.BinomialLn((int)rows, (int)k) + SpecialFunctions.BinomialLn((int)currentRows, (int)(all - k));
        }
    }

    /// <summary>Total variation with the probability of as much under relabelled rows; <c>TVD</c>. Effect <c>total_variation</c>.</summary>
    /// <param name="reference">Counts.</param>
    /// <param name="current">Counts, as many.</param>
    /// <param name="seed">Of the relabellings.</param>
    /// <param name="rounds">Relabellings.</param>
    public static TestResult TotalVariation(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, ulong seed, int rounds = 1000)
    {
        var found = Of(reference, current);
        var rows = new List<int>();
        for (var category = 0; category < reference.Length; category++)
        {
            rows.AddRange(Enumerable.Repeat(category, (int)(reference[category] + current[category])));
        }

        var (labels, random) = (rows.ToArray(), new SeededRandom(seed));
        var (first, second) = (new long[reference.Length], new long[reference.Length]);
        var size = (int)Sum(reference);
        var atLeast = 0;
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(labels.AsSpan());
            Array.Clear(first);
            Array.Clear(second);
            for (var row = 0; row < labels.Length; row++)
            {
                (row < size ? first : second)[labels[row]]++;
            }

            atLeast += Of(first, second) >= found - 1e-12 ? 1 : 0;
        }

        // The found labelling is one of them: the probability is never 0.
        return new TestResult(found, (atLeast + 1.0) / (rounds + 1), found, "total_variation");
    }

    static TestResult Against(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, Func<double, double, double> term)
    {
        double n = Sum(reference), m = Sum(current), statistic = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            statistic += reference[i] + current[i] == 0 ? 0 : term(current[i], reference[i] / n * m);
        }

        var freedom = reference.Length - 1;
        var p = freedom == 0 ? double.NaN : double.IsPositiveInfinity(statistic) ? 0 : SpecialFunctions.GammaUpperRegularized(freedom / 2.0, Math.Max(0, statistic) / 2);
        return new TestResult(statistic, p, Math.Sqrt(Math.Max(0, statistic) / m), "cohen_w");
    }

    static double Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Sum(reference), m = Sum(current), sum = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += Math.Abs((reference[i] / n) - (current[i] / m));
        }

        return sum / 2;
    }

    static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
