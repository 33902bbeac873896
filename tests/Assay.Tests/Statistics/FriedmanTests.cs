using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class FriedmanTests
{
    static readonly double[] _golden = [.9, .8, .7, .85, .86, .6, .8, .7, .75, .9, .7, .65, .88, .8, .7];
    static readonly double[] _tied = [3, 3, 1, 2, 2, 2, 2, 1, 4, 1, 2, 2, 1, 2, 3, 4, 4, 3, 2, 2, 4, 4, 1, 1];

    [Fact]
    public void It_is_the_golden_value_and_iman_davenports_correction_of_it()
    {
        var result = Friedman.Test(_golden, 3);
        Assert.Equal(6.4, result.ChiSquared.Statistic, 1e-12);
        Assert.Equal(0.04076220397836611, result.ChiSquared.PValue, 1e-10);
        Assert.Equal(7.111111111111111, result.F.Statistic, 1e-10);
        Assert.Equal(0.01679616, result.F.PValue, 1e-9);
        Assert.Equal(.64, result.ChiSquared.Effect, 1e-12);
        Assert.Equal(5, result.DataSets);
    }

    [Fact]
    public void Ties_are_corrected_for_as_in_scipy()
    {
        // scipy 1.10.1 friedmanchisquare, norm and studentized_range(df=inf).
        var result = Friedman.Test(_tied, 4);
        Assert.Equal(3.470588235294121, result.ChiSquared.Statistic, 1e-10);
        Assert.Equal(0.32459681035107074, result.ChiSquared.PValue, 1e-10);
        Assert.Equal(1.83333333, result.MeanRanks[0], 1e-8);
        Assert.Equal(2.91666667, result.MeanRanks[3], 1e-8);
        Assert.Equal(0.9081317739014172, result.Nemenyi(0, 1), 1e-8);
        var holm = result.HolmAgainst(0);
        Assert.True(double.IsNaN(holm[0]));
        Assert.Equal(3 * 0.14610046596342238, holm[2], 1e-10);
        Assert.Equal(0.5023349543605018, holm[1], 1e-10);
    }

    [Theory]
    [InlineData(2, .05, 2.771807648699355)]
    [InlineData(3, .05, 3.314493155398122)]
    [InlineData(5, .05, 3.857655510378623)]
    [InlineData(10, .05, 4.474124221725907)]
    [InlineData(3, .10, 2.9023802134282515)]
    [InlineData(10, .10, 4.129346398236873)]
    public void Critical_differences_come_from_the_studentised_range(int models, double alpha, double q)
    {
        // scipy 1.10.1 studentized_range.ppf(1 - alpha, k, inf); over the root of 2 they are table 5 of Demšar 2006 (1.960, 2.343, 2.728, ...).
        var random = new SeededRandom(1);
        double[] scores = [.. Enumerable.Range(0, models * 12).Select(_ => random.NextDouble())];
        var difference = Friedman.Test(scores, models).CriticalDifference(alpha);
        Assert.Equal(q / Math.Sqrt(2), difference / Math.Sqrt(models * (models + 1) / (6.0 * 12)), 1e-6);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.Contains("data sets", Friedman.Test([], 3).ChiSquared.Reason);
        Assert.Contains("data sets", Friedman.Test([1, 2, 3], 3).F.Reason);
        Assert.Contains("two models", Friedman.Test([1, 2, 3], 1).F.Reason);
        Assert.Contains("tied", Friedman.Test([1, 1, 2, 2], 2).F.Reason);
        Assert.Contains("NaN", Friedman.Test([1, double.NaN, 2, 2], 2).F.Reason);
        Assert.Contains("whole rows", Friedman.Test([1, 2, 3], 2).F.Reason);
        Assert.Equal(0, Friedman.Test([1, 2, 1, 2, 1, 2], 2).F.PValue);
    }
}
