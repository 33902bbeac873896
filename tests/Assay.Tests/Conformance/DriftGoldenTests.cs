using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Data.Drift;

namespace Assay.Tests.Conformance;

// golden.py: 500 and 400 normal values, scipy 1.10.1 and Evidently's conventions.
public class DriftGoldenTests
{
    static readonly Lazy<JsonNode> _golden = new(() => JsonNode.Parse(
        File.ReadAllText(SharedFolder.Find("golden", "golden.json")).Replace("-Infinity", "null", StringComparison.Ordinal).Replace("NaN", "null", StringComparison.Ordinal))!);

    static readonly Lazy<double[]> _reference = new(() => Read("golden_ref.txt"));
    static readonly Lazy<double[]> _current = new(() => Read("golden_cur.txt"));

    [Fact]
    public void Binned_distances_are_evidently_s()
    {
        var edges = Bins.Sturges(_reference.Value, _current.Value);
        Assert.Equal((int)_golden.Value["ev.bins"]!, edges.Length - 1);
        var (p, q) = (Bins.Of(_reference.Value, edges), Bins.Of(_current.Value, edges));
        Assert.Equal((double)_golden.Value["ev.js_distance(base e)"]!, Shares.JensenShannon(p, q), 1e-12);
        Shares.FillZeros(p);
        Shares.FillZeros(q);
        Assert.Equal((double)_golden.Value["ev.psi"]!, Shares.Psi(p, q), 1e-12);
        Assert.Equal((double)_golden.Value["ev.kl(ref||cur)"]!, Shares.KullbackLeibler(p, q), 1e-12);
        Assert.Equal((double)_golden.Value["ev.wasserstein_norm"]!, Distances.WassersteinNormed(_reference.Value, _current.Value).Statistic, 1e-12);
    }

    [Fact]
    public void Tests_are_scipy_s()
    {
        var ks = KolmogorovSmirnov.Test(_reference.Value, _current.Value);
        Assert.Equal((double)_golden.Value["ks"]![0]!, ks.Statistic, 1e-14);
        Assert.Equal((double)_golden.Value["ks"]![1]!, ks.PValue!.Value, 1e-12);
        Assert.Equal((double)_golden.Value["mwu"]!, MannWhitney.Test(_reference.Value, _current.Value).PValue!.Value, 1e-13);
        Assert.Equal((double)_golden.Value["energy"]!, Distances.Energy(_reference.Value, _current.Value).Statistic, 1e-12);

        // scipy stops its series at terms of 1e-7 and takes 1 minus the sum.
        Assert.Equal((double)_golden.Value["cvm"]!, CramerVonMises.Test(_reference.Value, _current.Value).PValue!.Value, 1e-9);

        // ttest_ind, anderson_ksamp on the same files.
        Assert.Equal(0.00031023942940192295, TTest.Test(_reference.Value, _current.Value).PValue!.Value, 1e-13);
        Assert.Equal(11.448573539615872, AndersonDarling.Test(_reference.Value, _current.Value).Statistic, 1e-9);
        Assert.Equal(0.001, AndersonDarling.Test(_reference.Value, _current.Value).PValue);
    }

    [Fact]
    public void Ties_are_scipy_s()
    {
        // The same values rounded to whole numbers.
        var reference = Array.ConvertAll(_reference.Value, Math.Round);
        var current = Array.ConvertAll(_current.Value, Math.Round);
        Assert.Equal(0.136, KolmogorovSmirnov.Test(reference, current).Statistic, 1e-14);
        Assert.Equal(0.0004842932475895676, KolmogorovSmirnov.Test(reference, current).PValue!.Value, 1e-12);
        Assert.Equal(0.00028501543082784124, MannWhitney.Test(reference, current).PValue!.Value, 1e-13);
        Assert.Equal(2.287767592592587, CramerVonMises.Test(reference, current).Statistic, 1e-10);
        Assert.Equal(2.881612663485633e-06, CramerVonMises.Test(reference, current).PValue!.Value, 1e-9);
        Assert.Equal(16.114683519685116, AndersonDarling.Test(reference, current).Statistic, 1e-9);
    }

    [Fact]
    public void Few_values_are_exact_as_in_scipy()
    {
        // ks_2samp of the first 40 and 30 values.
        double[] reference = [.. ReadUnsorted("golden_ref.txt").Take(40).Order()];
        double[] current = [.. ReadUnsorted("golden_cur.txt").Take(30).Order()];
        Assert.Equal(0.24166666666666667, KolmogorovSmirnov.Test(reference, current).Statistic, 1e-14);
        Assert.Equal(0.23595727243117298, KolmogorovSmirnov.Test(reference, current).PValue!.Value, 1e-12);
    }

    static double[] Read(string name) => [.. ReadUnsorted(name).Order()];

    static IEnumerable<double> ReadUnsorted(string name) =>
        File.ReadLines(SharedFolder.Find("golden", name)).Select(line => double.Parse(line, CultureInfo.InvariantCulture));
}
