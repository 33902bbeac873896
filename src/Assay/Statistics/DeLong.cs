namespace Assay.Statistics;

/// <summary>
/// The interval of the area under a ROC curve. Source: DeLong, DeLong and Clarke-Pearson 1988, by midranks in O(n log n)
/// (Sun and Xu 2014).
/// </summary>
public static class DeLong
{
    readonly record struct Moments(double Sum, double Squares)
    {
        public Moments Add(double value, long times) => new(Sum + (times * value), Squares + (times * value * value));

        public double VarianceOfMean(long n) => Math.Max(0, Squares - (Sum * Sum / n)) / (n - 1) / n;
    }

    /// <summary>
    /// Normal interval clipped to [0, 1], method <c>delong</c>. Where the variance is estimated as 0 (the classes are separated, or
    /// all scores tied) or a class has one row, it is Wilson's for the area as a proportion of as many trials as the smaller class has
    /// rows, method <c>wilson-min-class</c>. Null when a class is absent or a score is NaN.
    /// </summary>
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Interval? Interval(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positives, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positives.Length, scores.Length);
        var total = (long)positives.Count(true);
        var others = scores.Length - total;
        var (ascending, labels) = (scores.ToArray(), positives.ToArray());
        Array.Sort(ascending, labels);
        if (total == 0 || others == 0 || float.IsNaN(ascending[0]))
        {
            return null;
        }

        // What a positive row is worth: the share of negatives below it; what a negative row is worth: the share of positives above it.
        Moments ofPositives = default, ofNegatives = default;
        long positivesBelow = 0, negativesBelow = 0;
        for (var from = 0; from < ascending.Length;)
        {
            var to = EndOfTie(ascending, from);
            var tiedPositives = (long)labels.AsSpan(from, to - from).Count(true);
            var tiedNegatives = to - from - tiedPositives;
            ofPositives = ofPositives.Add((negativesBelow + (tiedNegatives / 2.0)) / others, tiedPositives);
            ofNegatives = ofNegatives.Add((total - positivesBelow - (tiedPositives / 2.0)) / total, tiedNegatives);
            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
            from = to;
        }

        var area = ofPositives.Sum / total;
        var least = Math.Min(total, others);
        var variance = least < 2 ? 0 : ofPositives.VarianceOfMean(total) + ofNegatives.VarianceOfMean(others);

        // Squares are of values in [0, 1]: anything below this is their rounding.
        if (variance < 1e-15)
        {
            return Wilson.OfProportion(area, least, confidence, "wilson-min-class");
        }

        var half = NormalQuantile.TwoSided(confidence) * Math.Sqrt(variance);
        return new Interval(Math.Max(0, area - half), Math.Min(1, area + half), "delong");
    }

    static int EndOfTie(float[] ascending, int from)
    {
        var to = from + 1;
        while (to < ascending.Length && ascending[to] == ascending[from])
        {
            to++;
        }

        return to;
    }
}
