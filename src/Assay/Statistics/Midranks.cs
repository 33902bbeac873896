namespace Assay.Statistics;

/// <summary>Ranks from 1 up, tied values sharing the mean of theirs.</summary>
/// <param name="Ranks">In the order of the values.</param>
/// <param name="TieSum">Sum over groups of t tied values of t³ - t: what ties take from the variance of rank sums; 0 without ties.</param>
readonly record struct Midranks(double[] Ranks, double TieSum)
{
    public static Midranks Of(ReadOnlySpan<double> values)
    {
        var (ascending, order) = (values.ToArray(), Enumerable.Range(0, values.Length).ToArray());
        Array.Sort(ascending, order);
        var (ranks, ties) = (new double[values.Length], 0.0);
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && ascending[to] == ascending[from])
            {
                to++;
            }

            foreach (var row in order.AsSpan(from, to - from))
            {
                ranks[row] = (from + 1 + to) / 2.0;
            }

            double tied = to - from;
            ties += (tied * tied * tied) - tied;
            from = to;
        }

        return new Midranks(ranks, ties);
    }
}
