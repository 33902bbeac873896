namespace Assay.Statistics;

/// <summary>
/// Whether two models that scored the same rows have the same area under the ROC curve. Statistic: z; effect: first area minus second,
/// with a normal interval. Source: DeLong, DeLong and Clarke-Pearson 1988; midranks in O(n log n), Sun and Xu 2014.
/// </summary>
public static class DeLongTest
{
    /// <summary>
    /// Method <c>delong</c>. Undefined when a class has fewer than two rows, a score is NaN, or the difference has no variance (equal
    /// rankings).
    /// </summary>
    /// <param name="first">Scores; higher means more likely positive.</param>
    /// <param name="second">Scores of the same rows.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static TestResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> positives, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(positives.Length, first.Length);
        var positive = positives.Count(true);
        if (Math.Min(positive, positives.Length - positive) < 2 || first.ContainsAny([double.NaN]) || second.ContainsAny([double.NaN]))
        {
            var reason = first.ContainsAny([double.NaN]) || second.ContainsAny([double.NaN]) ? "a score is NaN" : "each class needs at least two rows";
            return TestResult.Undefined("delong", first.Length, reason);
        }

        var (a, b) = (Placements.Of(first, positives), Placements.Of(second, positives));
        var effect = a.Area - b.Area;
        var variance = VarianceOfMean(a.OfPositives, b.OfPositives) + VarianceOfMean(a.OfNegatives, b.OfNegatives);

        // Squares are of values in [0, 1]: anything below this is their rounding.
        if (variance < 1e-15)
        {
            return TestResult.Undefined("delong", first.Length, "both models rank the rows alike, so their difference has no spread", effect);
        }

        var (error, z) = (Math.Sqrt(variance), NormalQuantile.TwoSided(confidence));
        return new TestResult
        {
            Method = "delong",
            N = first.Length,
            Statistic = effect / error,
            PValue = PValue.Normal(effect / error),
            Effect = effect,
            Interval = new Interval(Math.Max(-1, effect - (z * error)), Math.Min(1, effect + (z * error)), "delong"),
        };
    }

    static double VarianceOfMean(double[] first, double[] second)
    {
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return MeanInterval.Moments(differences).Variance / differences.Length;
    }
}
