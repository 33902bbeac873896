using System.Collections.Immutable;
using Assay.Data;
using Assay.Data.Drift;

namespace Assay.Scoring;

/// <summary>The tests by their names: Evidently's, with its default thresholds, and psi_deciles, the classic index.</summary>
public static class DriftTest
{
    const int LargestSmallReference = 1000;
    const int FewValues = 5;
    const int MostDiscrete = 20;
    const string TextPercentile = "perc_text_content_drift";

    static readonly ImmutableSortedDictionary<string, double> _thresholds = new Dictionary<string, double>
    {
        ["ks"] = 0.05,
        ["z"] = 0.05,
        ["chisquare"] = 0.05,
        ["t_test"] = 0.05,
        ["mannw"] = 0.05,
        ["anderson"] = 0.1,
        ["cramer_von_mises"] = 0.1,
        ["fisher_exact"] = 0.1,
        ["g_test"] = 0.1,
        ["TVD"] = 0.1,
        ["es"] = 0.05,
        ["empirical_mmd"] = 0.1,
        [TextPercentile] = 0.95,
        ["abs_text_content_drift"] = 0.55,
        ["psi"] = 0.1,
        ["psi_deciles"] = 0.25,
        ["jensenshannon"] = 0.1,
        ["wasserstein"] = 0.1,
        ["kl_div"] = 0.1,
        ["hellinger"] = 0.1,
        ["ed"] = 0.1,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    delegate double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Known => _thresholds.Keys;

    /// <summary>Evidently's: a p-value below it, or a distance from it up, is drift. Of perc_text_content_drift it is 1 less the p-value.</summary>
    public static double Threshold(string test) => _thresholds[test];

    /// <summary>Whether a result, its p-value adjusted, is drift.</summary>
    internal static bool IsDrift(string test, double? statistic, double? adjustedP, double threshold) => adjustedP is { } p
        ? p <= (test == TextPercentile ? 1 - threshold : threshold)
        : (statistic ?? double.PositiveInfinity) >= threshold;

    /// <summary>Evidently's automatic choice (registry.py, _get_default_stattest).</summary>
    public static string Choose(DriftColumn reference, DriftColumn current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        if (reference.Kind == ColumnKind.Text)
        {
            return reference.Count <= LargestSmallReference ? TextPercentile : "abs_text_content_drift";
        }

        var values = Keys(reference, current)?.Length ?? int.MaxValue;
        var isNumber = reference.Values.Length > 0 && values > FewValues;
        return (reference.Count <= LargestSmallReference, isNumber) switch
        {
            (true, true) => "ks",
            (true, false) => values <= 2 ? "z" : "chisquare",
            (false, true) => "wasserstein",
            (false, false) => "jensenshannon",
        };
    }

    /// <summary>Runs a test; null when it does not suit the columns: numbers only, two values only, more than a thousand categories, or texts that a saved profile did not keep.</summary>
    public static TestResult? Run(string test, DriftColumn reference, DriftColumn current, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        var (a, b) = (reference.Values, current.Values);
        var haveNumbers = a.Length > 0 && b.Length > 0;
        return test switch
        {
            "ks" => haveNumbers ? KolmogorovSmirnov.Test(a, b) : null,
            "t_test" => haveNumbers ? TTest.Test(a, b) : null,
            "mannw" => haveNumbers ? MannWhitney.Test(a, b) : null,
            "anderson" => haveNumbers ? AndersonDarling.Test(a, b) : null,
            "cramer_von_mises" => haveNumbers ? CramerVonMises.Test(a, b) : null,
            "es" => haveNumbers ? EppsSingleton.Test(a, b) : null,
            "empirical_mmd" => haveNumbers ? MaximumMeanDiscrepancy.Test(a, b, seed) : null,
            TextPercentile => OnTexts(reference, current, seed),
            "abs_text_content_drift" => OnTexts(reference, current, seed) is { } found ? found with { PValue = null } : null,
            "wasserstein" => haveNumbers ? Distances.WassersteinNormed(a, b) : null,
            "ed" => haveNumbers ? Distances.Energy(a, b) : null,
            "psi_deciles" when haveNumbers => OnShares("psi", DecileShares(a, b), fill: true, Shares.Psi),
            "psi" => OnShares("psi", BinShares(reference, current), fill: true, Shares.Psi),
            "kl_div" => OnShares("kl_div", BinShares(reference, current), fill: true, Shares.KullbackLeibler),
            "jensenshannon" => OnShares("jensenshannon", BinShares(reference, current), fill: false, Shares.JensenShannon),
            "hellinger" => OnShares("hellinger", BinShares(reference, current), fill: false, Shares.Hellinger),
            _ => OnCounts(test, reference, current, seed),
        };
    }

    static TestResult? OnTexts(DriftColumn reference, DriftColumn current, ulong seed)
    {
        string[] a = [.. reference.Texts], b = [.. current.Texts];
        return a.Length > 0 && b.Length > 0 ? TextContent.Test(a, b, seed) : null;
    }

    static TestResult? OnCounts(string test, DriftColumn reference, DriftColumn current, ulong seed)
    {
        if (Keys(reference, current) is not { Length: > 0 } keys)
        {
            return null;
        }

        var (a, b) = (CountsOf(reference, keys), CountsOf(current, keys));
        var isBinary = keys.Length <= 2;
        return test switch
        {
            "chisquare" => CountTests.ChiSquare(a, b),
            "g_test" => CountTests.G(a, b),
            "TVD" => CountTests.TotalVariation(a, b, seed),
            "z" when isBinary => CountTests.Z(a[0], a.Sum(), b[0], b.Sum()),
            "fisher_exact" when isBinary => CountTests.Fisher(a[0], a.Sum(), b[0], b.Sum()),
            _ => null,
        };
    }

    static TestResult? OnShares(string name, (double[] Reference, double[] Current)? shares, bool fill, Distance between)
    {
        if (shares is not { } found)
        {
            return null;
        }

        if (fill)
        {
            Shares.FillZeros(found.Reference);
            Shares.FillZeros(found.Current);
        }

        var value = between(found.Reference, found.Current);
        return new TestResult(value, null, value, name);
    }

    static (double[] Reference, double[] Current) DecileShares(double[] reference, double[] current)
    {
        var edges = Bins.Deciles(reference);
        return (Bins.Of(reference, edges), Bins.Of(current, edges));
    }

    // Evidently bins numbers of more than 20 values in the reference, and takes others as categories.
    static (double[] Reference, double[] Current)? BinShares(DriftColumn reference, DriftColumn current)
    {
        if (reference.Values.Length > 0 && current.Values.Length > 0 && (reference.Counts?.Count ?? int.MaxValue) > MostDiscrete)
        {
            var edges = Bins.Sturges(reference.Values, current.Values);
            return (Bins.Of(reference.Values, edges), Bins.Of(current.Values, edges));
        }

        return Keys(reference, current) is { Length: > 0 } keys ? (SharesOf(reference, keys), SharesOf(current, keys)) : null;
    }

    static string[]? Keys(DriftColumn reference, DriftColumn current) =>
        reference.Counts is { } a && current.Counts is { } b ? [.. a.Keys.Union(b.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)] : null;

    static long[] CountsOf(DriftColumn column, string[] keys) => Array.ConvertAll(keys, key => column.Counts!.GetValueOrDefault(key));

    static double[] SharesOf(DriftColumn column, string[] keys) => Array.ConvertAll(keys, key => (double)column.Counts!.GetValueOrDefault(key) / column.Count);
}
