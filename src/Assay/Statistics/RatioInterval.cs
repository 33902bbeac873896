namespace Assay.Statistics;

/// <summary>The interval of a ratio of two sums over the same independent samples.</summary>
public static class RatioInterval
{
    /// <summary>
    /// R ± t · s / (m · √n) for R = Σ numerator / Σ denominator, with s the standard deviation of numerator - R · denominator (n - 1 below the line),
    /// m the mean denominator and n - 1 degrees of freedom, method <c>ratio-delta</c>; null for fewer than two samples, a sum of denominators
    /// of 0, or a value that is not finite. Source: Cochran, Sampling Techniques, 3rd edition, section 6.4.
    /// </summary>
    /// <param name="numerators">One for each sample.</param>
    /// <param name="denominators">Likewise.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Interval? Delta(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(denominators.Length, numerators.Length, nameof(denominators));
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < numerators.Length; i++)
        {
            above += numerators[i];
            below += denominators[i];
        }

        var (n, ratio, squares) = (numerators.Length, above / below, 0.0);
        for (var i = 0; i < n; i++)
        {
            var residual = numerators[i] - (ratio * denominators[i]);
            squares += residual * residual;
        }

        if (n < 2 || !double.IsFinite(ratio))
        {
            return null;
        }

        var half = MeanInterval.StudentTQuantile(confidence, n - 1) * Math.Sqrt(squares / (n - 1) / n) / Math.Abs(below / n);
        return double.IsFinite(half) ? new Interval(ratio - half, ratio + half, "ratio-delta") : null;
    }
}
