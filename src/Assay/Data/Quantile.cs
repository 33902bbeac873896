namespace Assay.Data;

/// <summary>Quantiles of numbers that are at hand.</summary>
static class Quantile
{
    /// <summary>Interpolated between the two neighbours, at place q (n - 1): numpy's default, type 7 of Hyndman and Fan 1996.</summary>
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="q">Within [0, 1].</param>
    public static double Linear(ReadOnlySpan<double> sorted, double q)
    {
        var place = q * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        var (low, high, part) = (sorted[below], sorted[above], place - below);

        // numpy's _lerp: exact at both ends and monotone.
        return part < 0.5 ? low + ((high - low) * part) : high - ((high - low) * (1 - part));
    }
}
