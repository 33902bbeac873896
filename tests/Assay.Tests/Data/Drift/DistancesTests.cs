using Assay.Data.Drift;

namespace Assay.Tests.Data.Drift;

// Reference values: scipy 1.10.1.
public class DistancesTests
{
    [Fact]
    public void Few_values_are_ranked_exactly()
    {
        // mannwhitneyu([1, 2, 3, 4.5], [2.5, 5, 6, 7, 8]) is exact; with a tie, 2 in place of 2.5, it is the limit.
        Assert.Equal(0.06349206349206349, MannWhitney.Test([1, 2, 3, 4.5], [2.5, 5, 6, 7, 8]).PValue!.Value, 1e-14);
        var tied = MannWhitney.Test([1, 2, 3, 4.5], [2, 5, 6, 7, 8]);
        Assert.Equal(2.5, tied.Statistic);
        Assert.Equal(0.08509993251567075, tied.PValue!.Value, 1e-12);
    }

    [Fact]
    public void Shares_are_compared_as_in_scipy()
    {
        double[] reference = [0.3, 0.5, 0.2];
        double[] current = [0.4, 0.35, 0.25];
        Assert.Equal(0.1078325891819442, Shares.JensenShannon(reference, current), 1e-14);
        Assert.Equal(0.10794918929388873, Shares.Hellinger(reference, current), 1e-14);
        Assert.Equal(0.15, Shares.TotalVariation(reference, current), 1e-14);
    }

    [Fact]
    public void Equal_samples_are_not_apart()
    {
        double[] same = [1, 1, 2, 3, 5, 8, 8, 8];
        Assert.Equal((0, 1), (KolmogorovSmirnov.Test(same, same).Statistic, KolmogorovSmirnov.Test(same, same).PValue!.Value));
        Assert.Equal(0, Distances.Wasserstein(same, same));
        Assert.Equal(0, Distances.Energy(same, same).Statistic);
        Assert.Equal(1, MannWhitney.Test(same, same).PValue!.Value, 1e-12);
        Assert.InRange(CramerVonMises.Test(same, same).PValue!.Value, 0.9, 1);
        Assert.Equal(1, CountTests.ChiSquare([5, 6], [5, 6]).PValue);
        Assert.Equal(1, CountTests.Z(5, 10, 5, 10).PValue!.Value, 1e-12);
    }

    [Fact]
    public void Zeros_are_filled_by_the_rule_of_evidently()
    {
        double[] shares = [0, 0.5, 0.5];
        Shares.FillZeros(shares);
        Assert.Equal([1e-4, 0.5, 0.5], shares);
        double[] tiny = [0, 1e-4, 0.9999];
        Shares.FillZeros(tiny);
        Assert.Equal(1e-10, tiny[0], 1e-20);
    }

    [Fact]
    public void Deciles_of_a_constant_are_two_bins()
    {
        var edges = Bins.Deciles([3, 3, 3]);
        Assert.Equal([double.NegativeInfinity, 3, double.PositiveInfinity], edges);
        Assert.Equal([0.25, 0.75], Bins.Of([1, 3, 3, 9], edges));
    }
}
