namespace Assay.Statistics;

/// <summary>How disagreements weigh.</summary>
public enum AgreementWeights
{
    /// <summary>All the same: categories without an order.</summary>
    None,

    /// <summary>By their distance |i - j|.</summary>
    Linear,

    /// <summary>By its square.</summary>
    Quadratic,
}

/// <summary>
/// Agreement of two raters. Sources: Cohen 1960, 1968 (weighted); variance: Fleiss, Cohen and Everitt 1969.
/// </summary>
public static class CohenKappa
{
    /// <summary>
    /// 1 - Σ w observed / Σ w expected over the table of both ratings. Interval: normal, clipped to [-1, 1], method <c>kappa-normal</c>;
    /// where the raters agree on all items that variance is 0, and the interval is that of <see cref="MultinomialBootstrap"/>. Undefined
    /// without items, and when both raters give all items one category.
    /// </summary>
    /// <param name="first">One category an item, from 0, below <paramref name="categories"/>; in their order for weights.</param>
    /// <param name="second">Of the same items.</param>
    /// <param name="categories">How many there are.</param>
    /// <param name="weights">How disagreements weigh.</param>
    /// <param name="confidence">Of the interval.</param>
    public static Agreement Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int categories, AgreementWeights weights = AgreementWeights.None, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        var table = new long[categories * categories];
        for (var i = 0; i < first.Length; i++)
        {
            table[(first[i] * categories) + second[i]]++;
        }

        return OfTable(table, categories, weights, confidence);
    }

    /// <summary>The same from the table of counts, row by row: first rater down, second across.</summary>
    public static Agreement OfTable(ReadOnlySpan<long> table, int categories, AgreementWeights weights = AgreementWeights.None, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, categories * categories);
        var n = 0L;
        foreach (var count in table)
        {
            n += count;
        }

        var value = n == 0 ? double.NaN : Value(table, categories, weights);
        if (double.IsNaN(value))
        {
            return new Agreement(double.NaN, null, n, n == 0 ? "there are no items" : "both raters gave all items the same category");
        }

        var half = NormalQuantile.TwoSided(confidence) * Math.Sqrt(Variance(table, categories, weights, value, n));
        var interval = half > 1e-9
            ? new Interval(Math.Max(-1, value - half), Math.Min(1, value + half), "kappa-normal")
            : MultinomialBootstrap.Interval(table, cells => Value(cells, categories, weights), new BootstrapOptions { Confidence = confidence });
        return new Agreement(value, interval, n, interval is null ? "no resample has an interval" : null);
    }

    static double Value(ReadOnlySpan<long> table, int categories, AgreementWeights weights)
    {
        var (rows, columns, n) = Margins(table, categories);
        double observed = 0, expected = 0;
        for (var i = 0; i < categories; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                var weight = Weight(i, j, weights);
                observed += weight * table[(i * categories) + j];
                expected += weight * rows[i] * columns[j] / n;
            }
        }

        return expected == 0 ? double.NaN : 1 - (observed / expected);
    }

    // With agreement weights 1 - w / max w: (Σ p (u - (row u + column u)(1 - κ))² - (κ - pe (1 - κ))²) / ((1 - pe)² n).
    static double Variance(ReadOnlySpan<long> table, int categories, AgreementWeights weights, double kappa, double n)
    {
        var (rows, columns, _) = Margins(table, categories);
        var most = Weight(0, categories - 1, weights);
        var (rowMeans, columnMeans, expected) = (new double[categories], new double[categories], 0.0);
        for (var i = 0; i < categories; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                var agreement = 1 - (Weight(i, j, weights) / most);
                rowMeans[i] += agreement * columns[j] / n;
                columnMeans[j] += agreement * rows[i] / n;
                expected += agreement * rows[i] * columns[j] / n / n;
            }
        }

        var sum = 0.0;
        for (var i = 0; i < categories; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                var distance = 1 - (Weight(i, j, weights) / most) - ((rowMeans[i] + columnMeans[j]) * (1 - kappa));
                sum += table[(i * categories) + j] / n * distance * distance;
            }
        }

        var centre = kappa - (expected * (1 - kappa));
        return Math.Max(0, sum - (centre * centre)) / ((1 - expected) * (1 - expected) * n);
    }

    static double Weight(int i, int j, AgreementWeights weights) =>
        weights == AgreementWeights.None ? (i == j ? 0 : 1) : weights == AgreementWeights.Linear ? Math.Abs(i - j) : (double)(i - j) * (i - j);

    static (double[] Rows, double[] Columns, double N) Margins(ReadOnlySpan<long> table, int categories)
    {
        var (rows, columns, n) = (new double[categories], new double[categories], 0.0);
        for (var cell = 0; cell < table.Length; cell++)
        {
            rows[cell / categories] += table[cell];
            columns[cell % categories] += table[cell];
            n += table[cell];
        }

        return (rows, columns, n);
    }
}
