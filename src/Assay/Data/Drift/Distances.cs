namespace Assay.Data.Drift;

/// <summary>Distances of two samples of numbers.</summary>
public static class Distances
{
    // Evidently's least deviation to divide by.
    const double LeastDeviation = 0.001;

    /// <summary>The area between the distribution functions, in the unit of the values. scipy.stats.wasserstein_distance.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static double Wasserstein(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) => Area(reference, current, squared: false);

    /// <summary>Wasserstein's distance in standard deviations (ddof 0) of the reference, which counts as 0.001 at the least; Evidently's <c>wasserstein</c>.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult WassersteinNormed(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var mean = Moments.Mean(reference);
        var squares = 0.0;
        foreach (var value in reference)
        {
            squares += (value - mean) * (value - mean);
        }

        var distance = Wasserstein(reference, current) / Math.Max(Math.Sqrt(squares / reference.Length), LeastDeviation);
        return new TestResult(distance, null, distance, "wasserstein_normed");
    }

    /// <summary>sqrt(2 ∫ (F - G)²). scipy.stats.energy_distance.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Energy(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var distance = Math.Sqrt(2 * Area(reference, current, squared: true));
        return new TestResult(distance, null, distance, "energy");
    }

    static double Area(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool squared)
    {
        var (i, j) = (0, 0);
        var (perReference, perCurrent) = (1.0 / reference.Length, 1.0 / current.Length);
        var previous = Math.Min(reference[0], current[0]);
        var area = 0.0;
        while (i < reference.Length && j < current.Length)
        {
            var (a, b) = (reference[i], current[j]);
            var at = Math.Min(a, b);
            area += Part((i * perReference) - (j * perCurrent), at - previous, squared);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
            previous = at;
        }

        // One of the functions is 1 from here on.
        for (; i < reference.Length; previous = reference[i++])
        {
            area += Part((i * perReference) - 1, reference[i] - previous, squared);
        }

        for (; j < current.Length; previous = current[j++])
        {
            area += Part(1 - (j * perCurrent), current[j] - previous, squared);
        }

        return area;
    }

    static double Part(double height, double width, bool squared) => (squared ? height * height : Math.Abs(height)) * width;
}
