namespace Assay.Statistics;

/// <summary>Several models on several data sets.</summary>
public sealed record FriedmanResult
{
    /// <summary>Method <c>friedman</c>: chi-squared with (models - 1) degrees of freedom, corrected for ties. Effect: Kendall's W in [0, 1].</summary>
    public required TestResult ChiSquared { get; init; }

    /// <summary>Method <c>iman-davenport</c>: F with (k - 1) and (k - 1)(N - 1) degrees of freedom; less conservative. Iman and Davenport 1980.</summary>
    public required TestResult F { get; init; }

    /// <summary>Of each model over the data sets; 1 is the best. Empty when undefined.</summary>
    public required IReadOnlyList<double> MeanRanks { get; init; }

    /// <summary>How many data sets.</summary>
    public required int DataSets { get; init; }

    /// <summary>
    /// Mean ranks this far apart differ at the level, all pairs together: q √(k (k + 1) / 6N). NaN when undefined.
    /// Source: Nemenyi 1963, in Demšar 2006.
    /// </summary>
    public double CriticalDifference(double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        return MeanRanks.Count < 2 ? double.NaN : StudentizedRange.Exceeded(alpha, MeanRanks.Count) / Math.Sqrt(2) * RankError;
    }

    /// <summary>Nemenyi's p-value of two models, already adjusted for all pairs.</summary>
    public double Nemenyi(int first, int second) =>
        1 - StudentizedRange.AtMost(Math.Abs(MeanRanks[first] - MeanRanks[second]) / RankError * Math.Sqrt(2), MeanRanks.Count);

    /// <summary>
    /// Each model against one of them, adjusted by Holm; the control's own is NaN. More powerful than all pairs (Demšar 2006).
    /// </summary>
    public IReadOnlyList<double> HolmAgainst(int control)
    {
        double[] p = [.. MeanRanks.Select((rank, model) => model == control ? double.NaN : PValue.Normal((rank - MeanRanks[control]) / RankError))];
        return Multiplicity.Holm(p);
    }

    double RankError => Math.Sqrt(MeanRanks.Count * (MeanRanks.Count + 1.0) / (6.0 * DataSets));
}

/// <summary>Whether any of several models is better than another over many data sets. Source: Friedman 1937; Demšar 2006.</summary>
public static class Friedman
{
    /// <summary>Undefined for fewer than two models or data sets, when a score is NaN, or all models are tied on every data set.</summary>
    /// <param name="scores">One row a data set: the scores of all models, higher is better.</param>
    /// <param name="models">How many scores a row has.</param>
    public static FriedmanResult Test(ReadOnlySpan<double> scores, int models)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(models);
        var sets = scores.Length / models;
        var (sums, ties) = (new double[models], 0.0);
        for (var set = 0; set < sets; set++)
        {
            var ranks = Midranks.Of(scores.Slice(set * models, models));
            ties += ranks.TieSum;
            for (var model = 0; model < models; model++)
            {
                sums[model] += models + 1 - ranks.Ranks[model];
            }
        }

        double k = models, n = sets;
        var correction = 1 - (ties / (n * k * ((k * k) - 1)));
        var reason = scores.Length != sets * models ? "the scores are not whole rows"
            : models < 2 ? "the test needs at least two models"
            : sets < 2 ? "the test needs at least two data sets"
            : scores.ContainsAny([double.NaN]) ? "a score is NaN"
            : correction <= 0 ? "all models are tied on every data set" : null;
        return reason is null
            ? Of(((12 / (n * k * (k + 1)) * sums.Sum(sum => sum * sum)) - (3 * n * (k + 1))) / correction, k, n, sums)
            : new FriedmanResult
            {
                ChiSquared = TestResult.Undefined("friedman", sets, reason),
                F = TestResult.Undefined("iman-davenport", sets, reason),
                MeanRanks = [],
                DataSets = sets,
            };
    }

    static FriedmanResult Of(double chi, double k, double n, double[] sums)
    {
        var below = (n * (k - 1)) - chi;

        // Where all data sets rank alike chi-squared is at its largest, and F infinite.
        var f = below > 1e-9 ? (n - 1) * chi / below : double.PositiveInfinity;
        var test = new TestResult
        {
            Method = "friedman",
            N = (long)n,
            Statistic = chi,
            DegreesOfFreedom = k - 1,
            PValue = PValue.ChiSquared(chi, k - 1),
            Effect = chi / (n * (k - 1)),
        };
        return new FriedmanResult
        {
            ChiSquared = test,
            F = test with { Method = "iman-davenport", Statistic = f, DegreesOfFreedom = double.NaN, PValue = PValue.F(f, k - 1, (k - 1) * (n - 1)) },
            MeanRanks = [.. sums.Select(sum => sum / n)],
            DataSets = (int)n,
        };
    }
}
