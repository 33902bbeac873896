namespace Assay.Data.Drift;

/// <summary>Distances of two lists of shares: of bins or of categories, in one order. Natural logarithms.</summary>
public static class Shares
{
    /// <summary>Population stability index: Σ (p - q) ln(p / q). No share may be 0; see <see cref="FillZeros"/>.</summary>
    /// <param name="reference">Shares of the reference.</param>
    /// <param name="current">Shares of the current data, as many.</param>
    public static double Psi(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += (reference[i] - current[i]) * Math.Log(reference[i] / current[i]);
        }

        return sum;
    }

    /// <summary>Kullback and Leibler's divergence of the reference from the current shares: Σ p ln(p / q). No share may be 0.</summary>
    /// <param name="reference">Shares of the reference.</param>
    /// <param name="current">Shares of the current data, as many.</param>
    public static double KullbackLeibler(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        // scipy.stats.entropy makes both sum to 1, which filled zeros have broken.
        var (totalP, totalQ) = (Sum(reference), Sum(current));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += Term(reference[i] / totalP, current[i] / totalQ);
        }

        return sum;
    }

    /// <summary>The square root of Jensen and Shannon's divergence, within [0, 0.8326]. scipy.spatial.distance.jensenshannon.</summary>
    /// <param name="reference">Shares of the reference; zeros are welcome.</param>
    /// <param name="current">Shares of the current data, as many.</param>
    public static double JensenShannon(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var middle = (reference[i] + current[i]) / 2;
            sum += Term(reference[i], middle) + Term(current[i], middle);
        }

        return Math.Sqrt(Math.Max(0, sum) / 2);
    }

    /// <summary>sqrt(1 - Σ sqrt(p q)), within [0, 1].</summary>
    /// <param name="reference">Shares of the reference.</param>
    /// <param name="current">Shares of the current data, as many.</param>
    public static double Hellinger(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += Math.Sqrt(reference[i] * current[i]);
        }

        return Math.Sqrt(Math.Max(0, 1 - sum));
    }

    /// <summary>Σ |p - q| / 2, within [0, 1].</summary>
    /// <param name="reference">Shares of the reference.</param>
    /// <param name="current">Shares of the current data, as many.</param>
    public static double TotalVariation(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += Math.Abs(reference[i] - current[i]);
        }

        return sum / 2;
    }

    /// <summary>
    /// Evidently's rule for shares of 0: each becomes 0.0001, or a millionth of the least other share where that is not above 0.0001.
    /// The shares do not sum to 1 then, and the result depends on the rule: compare only what was filled alike.
    /// </summary>
    public static void FillZeros(Span<double> shares)
    {
        var least = double.PositiveInfinity;
        foreach (var share in shares)
        {
            least = share > 0 ? Math.Min(least, share) : least;
        }

        foreach (ref var share in shares)
        {
            share = share == 0 ? least <= 1e-4 ? least / 1e6 : 1e-4 : share;
        }
    }

    static double Term(double p, double q) => p == 0 ? 0 : p * Math.Log(p / q);

    static double Sum(ReadOnlySpan<double> shares)
    {
        var sum = 0.0;
        foreach (var share in shares)
        {
            sum += share;
        }

        return sum;
    }
}
