namespace Assay.Statistics;

/// <summary>Agreement of equally many raters on each item, not necessarily the same ones; categories without an order. Source: Fleiss 1971.</summary>
public static class FleissKappa
{
    /// <summary>
    /// (P - Pe) / (1 - Pe), P the share of agreeing pairs of ratings of an item, Pe that of any two ratings. Interval: BCa over items.
    /// Undefined without items, for fewer than two ratings an item or unequally many, and when all ratings are one category.
    /// </summary>
    /// <param name="counts">One row an item: how many raters gave it each category.</param>
    /// <param name="categories">How many counts a row has.</param>
    /// <param name="options">Of the bootstrap.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Agreement Of(ReadOnlySpan<int> counts, int categories, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(categories);
        var (table, items) = (counts.ToArray(), counts.Length / categories);
        var raters = items == 0 ? 0 : table.Take(categories).Sum();
        for (var item = 1; item < items; item++)
        {
            if (table.AsSpan(item * categories, categories).ToArray().Sum() != raters)
            {
                return new Agreement(double.NaN, null, items, "the items have unequally many ratings; Krippendorff's alpha allows that");
            }
        }

        if (items == 0 || raters < 2)
        {
            return new Agreement(double.NaN, null, items, items == 0 ? "there are no items" : "an item needs at least two ratings");
        }

        var value = Value(table, categories, raters, [.. Enumerable.Range(0, items)]);
        var interval = Bootstrap.Bca(items, chosen => Value(table, categories, raters, chosen), options, cancellationToken);
        var reason = double.IsNaN(value) ? "all ratings are the same category" : interval is null ? "all resamples give the same value" : null;
        return new Agreement(value, interval, items, reason);
    }

    static double Value(int[] table, int categories, int raters, ReadOnlySpan<int> items)
    {
        var (totals, pairs) = (new double[categories], 0.0);
        foreach (var item in items)
        {
            for (var category = 0; category < categories; category++)
            {
                double count = table[(item * categories) + category];
                totals[category] += count;
                pairs += count * (count - 1);
            }
        }

        var ratings = (double)items.Length * raters;
        var agreeing = pairs / (ratings * (raters - 1));
        var expected = totals.Sum(total => total / ratings * (total / ratings));
        return expected >= 1 ? double.NaN : (agreeing - expected) / (1 - expected);
    }
}
