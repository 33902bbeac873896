namespace Assay.Statistics;

/// <summary>
/// Wilson's score interval of a proportion: never outside [0, 1], honest at 0 and 1 and for small n.
/// Source: Wilson 1927; recommended by Brown, Cai and DasGupta 2001.
/// </summary>
public static class Wilson
{
    /// <summary>Method <c>wilson</c>. Without observations it is [0, 1].</summary>
    public static Interval Interval(long successes, long n, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
        return n == 0 ? new Interval(0, 1, "wilson") : OfProportion((double)successes / n, n, confidence, "wilson");
    }

    internal static Interval OfProportion(double proportion, double n, double confidence, string method)
    {
        var z = NormalQuantile.TwoSided(confidence);
        var squareOverN = z * z / n;
        var centre = (proportion + (squareOverN / 2)) / (1 + squareOverN);
        var half = Math.Sqrt((proportion * (1 - proportion) * squareOverN) + (squareOverN * squareOverN / 4)) / (1 + squareOverN);

        // At 0 and 1 the interval ends there exactly; rounding must not move it off the value.
        return new Interval(
            proportion == 0 ? 0 : Math.Max(0, centre - half),
            proportion == 1 ? 1 : Math.Min(1, centre + half),
            method);
    }
}
