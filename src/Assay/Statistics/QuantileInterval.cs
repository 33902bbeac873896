using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>A quantile of a sample with its interval.</summary>
/// <param name="Value">Type 7 (linear interpolation, numpy's default); NaN without observations.</param>
/// <param name="Interval">Null when the sample is too small for a two-sided one.</param>
/// <param name="Needed">How many more observations an interval needs; 0 when there is one.</param>
public readonly record struct QuantileEstimate(double Value, Interval? Interval, int Needed);

/// <summary>
/// Distribution-free intervals of quantiles. The number of observations below the true quantile is binomial, so two order statistics
/// enclose it with a probability that is known exactly. Source: David and Nagaraja, Order Statistics, 2003, 7.1.
/// </summary>
public static class QuantileInterval
{
    /// <summary>
    /// The quantile and the narrowest pair of order statistics with at most (1 - confidence) / 2 beyond either
    /// (method <c>order-statistics</c>).
    /// </summary>
    /// <param name="sorted">Ascending, independent, without NaN.</param>
    /// <param name="p">Which quantile, in (0, 1).</param>
    /// <param name="confidence">The least coverage, in (0, 1).</param>
    public static QuantileEstimate OfSorted(ReadOnlySpan<double> sorted, double p, double confidence = 0.95) => OfSorted(sorted, p, sorted.Length, confidence);

    /// <summary>
    /// The same of observations that depend on each other and are worth fewer independent ones: the shares of the sample at which the interval
    /// ends are those of that many.
    /// </summary>
    /// <param name="sorted">Ascending, without NaN.</param>
    /// <param name="p">Which quantile, in (0, 1).</param>
    /// <param name="effective">How many independent observations they are worth, as <see cref="AutocorrelationTime"/> tells; at most their number.</param>
    /// <param name="confidence">The least coverage, in (0, 1).</param>
    public static QuantileEstimate OfSorted(ReadOnlySpan<double> sorted, double p, double effective, double confidence)
    {
        var (from, to, missing) = Shares(p, effective, confidence);
        if (missing > 0)
        {
            // As many more as bring the independent ones that are missing.
            var needed = sorted.IsEmpty ? missing : Math.Ceiling((missing + Math.Floor(effective)) * sorted.Length / effective) - sorted.Length;
            return new QuantileEstimate(Type7(sorted, p), null, (int)Math.Clamp(needed, 1, int.MaxValue));
        }

        // A share of whole observations is to give them back, whatever the rounding.
        var low = (int)Math.Floor((from * sorted.Length) + 1e-6);
        var high = (int)Math.Ceiling((to * sorted.Length) - 1e-6) - 1;
        return new QuantileEstimate(Type7(sorted, p), new Interval(sorted[low], sorted[Math.Min(high, sorted.Length - 1)], "order-statistics"), 0);
    }

    /// <summary>
    /// Where in a sample the interval ends: above a share of <c>Low</c> of it, and with the observation that makes the share <c>High</c>.
    /// </summary>
    /// <param name="p">Which quantile, in (0, 1).</param>
    /// <param name="effective">How many independent observations there are.</param>
    /// <param name="confidence">The least coverage, in (0, 1).</param>
    /// <returns>Needed is how many independent observations are missing for an interval; 0 when there is one.</returns>
    internal static (double Low, double High, int Needed) Shares(double p, double effective, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        var (n, tail) = ((int)effective, (1 - confidence) / 2);
        var least = LeastSample(p, tail);
        if (n < least)
        {
            return (double.NaN, double.NaN, least - n);
        }

        // Counting from 0: low is the last k with P(X < k + 1) <= tail, high the first with P(X > k) <= tail, X ~ Binomial(n, p).
        var low = Math.Max(0, First(n, k => AtMost(k, n, p) > tail) - 1);
        var high = First(n, k => AtMost(n - 1 - k, n, 1 - p) <= tail);
        return ((double)low / n, (high + 1.0) / n, 0);
    }

    /// <summary>The linearly interpolated quantile of Hyndman and Fan's type 7; NaN without observations.</summary>
    internal static double Type7(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        var position = p * (sorted.Length - 1);
        var below = Math.Min((int)position, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);

        // The lower one is returned as it is: infinities must not meet.
        return position == below || sorted[below] == sorted[above] ? sorted[below] : sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    // With n observations the smallest exceeds the quantile with probability (1-p)^n, and the largest stays below it with p^n.
    static int LeastSample(double p, double tail) => (int)Math.Ceiling(Math.Log(tail) / Math.Log(Math.Max(p, 1 - p)));

    // P(X <= k).
    static double AtMost(int k, int n, double p) => k < 0 ? 0 : k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1.0, 1 - p);

    // The first k in [0, n) that holds, given that all after it hold too; n - 1 when none does.
    static int First(int n, Func<int, bool> holds)
    {
        var (from, to) = (0, n - 1);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = holds(middle) ? (from, middle) : (middle + 1, to);
        }

        return from;
    }
}
