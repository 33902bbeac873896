namespace Assay.Statistics;

/// <summary>
/// Adjusts p-values for having tested many things: compare the adjusted ones with the level. They come in the order of the input; a
/// NaN stays NaN and is not counted as a test.
/// </summary>
public static class Multiplicity
{
    /// <summary>Holm's step-down: the probability of any false alarm stays below the level, whatever depends on what (Holm 1979).</summary>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        var (adjusted, order) = Ranked(pValues);
        var largest = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, adjusted[order[i]] * (order.Length - i)));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }

    /// <summary>The share of false alarms among the alarms stays below the level on average (Benjamini and Hochberg 1995).</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var (adjusted, order) = Ranked(pValues);
        var least = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            least = Math.Min(least, adjusted[order[i]] * order.Length / (i + 1));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }

    static (double[] Copy, int[] Ascending) Ranked(ReadOnlySpan<double> pValues)
    {
        var copy = pValues.ToArray();
        return (copy, [.. Enumerable.Range(0, copy.Length).Where(i => !double.IsNaN(copy[i])).OrderBy(i => copy[i])]);
    }
}
