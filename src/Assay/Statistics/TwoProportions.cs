namespace Assay.Statistics;

/// <summary>Two proportions of independent samples.</summary>
/// <param name="Difference">First minus second; NaN when a sample is empty.</param>
/// <param name="Interval">Of the difference, method <c>newcombe</c>; null when a sample is empty.</param>
/// <param name="PValue">Fisher's exact test, two-sided; 1 when a sample is empty.</param>
public readonly record struct TwoProportionsResult(double Difference, Interval? Interval, double PValue);

/// <summary>Whether two independent samples have the same proportion.</summary>
public static class TwoProportions
{
    // Tables whose probability equals the observed one but for rounding count as equally unlikely, as in R's fisher.test.
    const double Tie = 1 + 1e-7;

    /// <summary>
    /// The difference with Newcombe's hybrid score interval (1998, method 10) and Fisher's exact p-value: the probability, under equal
    /// proportions, of all tables no more likely than this one.
    /// </summary>
    public static TwoProportionsResult Compare(long firstSuccesses, long first, long secondSuccesses, long second, double confidence = 0.95)
    {
        var (a, b) = (Wilson.Interval(firstSuccesses, first, confidence), Wilson.Interval(secondSuccesses, second, confidence));
        if (first == 0 || second == 0)
        {
            return new TwoProportionsResult(double.NaN, null, 1);
        }

        var (p, q) = ((double)firstSuccesses / first, (double)secondSuccesses / second);
        var interval = new Interval(
            p - q - double.Hypot(p - a.Low, b.High - q),
            p - q + double.Hypot(a.High - p, q - b.Low),
            "newcombe");
        return new TwoProportionsResult(p - q, interval, Fisher(firstSuccesses, first, firstSuccesses + secondSuccesses, first + second));
    }

    // With the margins fixed, the first sample's successes are hypergeometric. Weights relative to the mode, by their ratios: no
    // factorials, and far tails fade to 0.
    static double Fisher(long observed, long drawn, long successes, long total)
    {
        var least = Math.Max(0, drawn + successes - total);
        var most = Math.Min(drawn, successes);
        var mode = Math.Clamp((long)((drawn + 1.0) * (successes + 1.0) / (total + 2.0)), least, most);
        var weights = new double[most - least + 1];
        weights[mode - least] = 1;
        for (var k = mode; k < most; k++)
        {
            weights[k + 1 - least] = weights[k - least] * (drawn - k) / (k + 1) * (successes - k) / (total - drawn - successes + k + 1);
        }

        for (var k = mode; k > least; k--)
        {
            weights[k - 1 - least] = weights[k - least] * k / (drawn - k + 1) * (total - drawn - successes + k) / (successes - k + 1);
        }

        var limit = weights[observed - least] * Tie;
        return weights.Where(weight => weight <= limit).Sum() / weights.Sum();
    }
}
