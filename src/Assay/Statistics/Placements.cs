namespace Assay.Statistics;

/// <summary>
/// What each row is worth to the area under a ROC curve: a positive one the share of negatives below it, a negative one the share of
/// positives above it, ties half. In the order of the rows, the positives and the negatives apart.
/// </summary>
sealed record Placements(double[] OfPositives, double[] OfNegatives)
{
    /// <summary>The probability that a positive row has the higher score, ties half.</summary>
    public double Area => MeanInterval.Moments(OfPositives).Mean;

    /// <summary>Of the area, from the spread of the placements; NaN where a class has one row.</summary>
    public double Variance => (MeanInterval.Moments(OfPositives).Variance / OfPositives.Length) + (MeanInterval.Moments(OfNegatives).Variance / OfNegatives.Length);

    public static Placements Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        var (ascending, order) = (scores.ToArray(), Enumerable.Range(0, scores.Length).ToArray());
        Array.Sort(ascending, order);
        var (total, worth) = (positives.Count(true), new double[scores.Length]);
        var (others, positivesBelow, negativesBelow) = (scores.Length - total, 0, 0);
        for (var from = 0; from < order.Length;)
        {
            var (to, tied) = (from, 0);
            for (; to < order.Length && ascending[to] == ascending[from]; to++)
            {
                tied += positives[order[to]] ? 1 : 0;
            }

            foreach (var row in order.AsSpan(from, to - from))
            {
                worth[row] = positives[row]
                    ? (negativesBelow + ((to - from - tied) / 2.0)) / others
                    : (total - positivesBelow - (tied / 2.0)) / total;
            }

            positivesBelow += tied;
            negativesBelow += to - from - tied;
            from = to;
        }

        return new Placements(Choose(worth, positives, true), Choose(worth, positives, false));
    }

    static double[] Choose(double[] worth, ReadOnlySpan<bool> positives, bool side)
    {
        var chosen = new List<double>();
        for (var row = 0; row < worth.Length; row++)
        {
            if (positives[row] == side)
            {
                chosen.Add(worth[row]);
            }
        }

        return [.. chosen];
    }
}
