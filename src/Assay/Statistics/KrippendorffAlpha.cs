namespace Assay.Statistics;

/// <summary>What the ratings mean, hence how far apart two of them are.</summary>
public enum RatingScale
{
    /// <summary>Names: equal or not.</summary>
    Nominal,

    /// <summary>Ordered: by how many ratings lie between.</summary>
    Ordinal,

    /// <summary>Numbers: (a - b)².</summary>
    Interval,

    /// <summary>Numbers with a true zero: ((a - b) / (a + b))².</summary>
    Ratio,
}

/// <summary>
/// Agreement of any number of raters, on any scale, with missing ratings: 1 - observed disagreement / expected disagreement.
/// Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>
    /// Items with fewer than two ratings do not count. Interval: BCa over items. Undefined without an item that counts, and when all
    /// ratings are equal.
    /// </summary>
    /// <param name="ratings">One row an item: the rating of each rater, NaN where missing.</param>
    /// <param name="raters">How many ratings a row has.</param>
    /// <param name="scale">What the ratings mean.</param>
    /// <param name="options">Of the bootstrap.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Agreement Of(
        ReadOnlySpan<double> ratings, int raters, RatingScale scale, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(raters);
        var rows = ratings.ToArray().Chunk(raters).Select(row => row.Where(rating => !double.IsNaN(rating)).ToArray()).Where(row => row.Length > 1).ToArray();
        double[] values = [.. rows.SelectMany(row => row).Distinct().Order()];
        var items = Array.ConvertAll(rows, row => Array.ConvertAll(row, rating => Array.BinarySearch(values, rating)));
        var value = items.Length == 0 ? double.NaN : Value(items, values, scale, [.. Enumerable.Range(0, items.Length)]);
        if (double.IsNaN(value))
        {
            return new Agreement(double.NaN, null, items.Length, items.Length == 0 ? "no item has two ratings" : "all ratings are equal");
        }

        var interval = Bootstrap.Bca(items.Length, chosen => Value(items, values, scale, chosen), options, cancellationToken);
        return new Agreement(value, interval, items.Length, interval is null ? "all resamples give the same value" : null);
    }

    static double Value(int[][] items, double[] values, RatingScale scale, ReadOnlySpan<int> chosen)
    {
        var counts = new double[values.Length];
        foreach (var item in chosen)
        {
            foreach (var rating in items[item])
            {
                counts[rating]++;
            }
        }

        if (counts.Count(count => count > 0) < 2)
        {
            return double.NaN;
        }

        var positions = Positions(counts, values, scale);
        var (observed, n) = (0.0, counts.Sum());
        foreach (var item in chosen)
        {
            var (ratings, sum) = (items[item], 0.0);
            for (var i = 0; i < ratings.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    sum += Distance(positions[ratings[i]], positions[ratings[j]], scale);
                }
            }

            observed += 2 * sum / (ratings.Length - 1);
        }

        var expected = Expected(counts, positions, scale, n) / (n - 1);
        return 1 - (observed / expected);
    }

    // On the ordinal scale a value stands at the middle of its ratings when all are lined up; the distance is the square of the difference.
    static double[] Positions(double[] counts, double[] values, RatingScale scale)
    {
        if (scale != RatingScale.Ordinal)
        {
            return values;
        }

        var (positions, below) = (new double[values.Length], 0.0);
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = below + (counts[i] / 2);
            below += counts[i];
        }

        return positions;
    }

    static double Distance(double a, double b, RatingScale scale) => scale switch
    {
        RatingScale.Nominal => a == b ? 0 : 1,
        RatingScale.Ratio => a == b ? 0 : (a - b) * (a - b) / ((a + b) * (a + b)),
        RatingScale.Ordinal or RatingScale.Interval or _ => (a - b) * (a - b),
    };

    // The sum of distances over all ordered pairs of ratings.
    static double Expected(double[] counts, double[] positions, RatingScale scale, double n)
    {
        if (scale is RatingScale.Ordinal or RatingScale.Interval)
        {
            double sum = 0, squares = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                sum += counts[i] * positions[i];
                squares += counts[i] * positions[i] * positions[i];
            }

            return 2 * ((n * squares) - (sum * sum));
        }

        var expected = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                expected += 2 * counts[i] * counts[j] * Distance(positions[i], positions[j], scale);
            }
        }

        return expected;
    }
}
