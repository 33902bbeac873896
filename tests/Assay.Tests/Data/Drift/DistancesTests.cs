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
    public void Few_values_have_an_exact_cramer_von_mises()
    {
        // cramervonmises_2samp of the same, of x and y below, and of sines and cosines, 20 and 19 of them.
        Assert.Equal(0.047619047619047616, CramerVonMises.Test([1, 2, 3, 4.5], [2.5, 5, 6, 7, 8]).PValue!.Value, 1e-14);
        Assert.Equal(0.06349206349206349, CramerVonMises.Test([1, 2, 3, 4.5], [2, 5, 6, 7, 8]).PValue!.Value, 1e-14);
        Assert.Equal(0.07110227234066244, CramerVonMises.Test(_x, _y).PValue!.Value, 1e-14);
        Assert.Equal(0.3788174074966163, CramerVonMises.Test([.. Sines(60).Take(20).Order()], [.. Cosines(60).Take(19).Order()]).PValue!.Value, 1e-12);
        Assert.True(double.IsNaN(CramerVonMises.Test([1], [2, 3]).PValue!.Value));
    }

    [Fact]
    public void Characteristic_functions_are_compared_as_in_scipy()
    {
        // epps_singleton_2samp: with the correction for few values; without it; of three values, where the covariance has rank 2; of two.
        Near(4.4521090920108914, 0.34826393310791504, EppsSingleton.Test(_x, _y));
        Near(15.08558189992685, 0.004526966609442422, EppsSingleton.Test([.. Sines(60).Order()], [.. Cosines(60).Order()]));
        Near(13.101736972704716, 0.0014288741016179496, EppsSingleton.Test(Repeat([1, 1, 1, 2, 2, 3], 6), Repeat([1, 2, 2, 3, 3, 3], 5)));
        Near(2.0338983050847452, 0.15382560695391378, EppsSingleton.Test(Repeat([0, 1], 20), Repeat([0, 1, 1], 10)));
        Assert.True(double.IsNaN(EppsSingleton.Test([1, 2, 3, 4], _y).PValue!.Value));
        Assert.True(double.IsNaN(EppsSingleton.Test([2, 2, 2, 2, 2, 2], [2, 2, 2, 2, 2, 9]).PValue!.Value));

        static void Near(double statistic, double p, Assay.Data.Drift.TestResult result)
        {
            Assert.Equal(statistic, result.Statistic, 1e-9 * statistic);
            Assert.Equal(p, result.PValue!.Value, 1e-10);
        }
    }

    [Fact]
    public void Kernel_means_are_compared_as_in_evidently()
    {
        // mmd_2samp of mmd_stattest.py (evidently 05d85bb) without its permutations, numpy 1.24.
        Assert.Equal(0.023729231372763504, MaximumMeanDiscrepancy.Test(_x, _y, 1).Statistic, 1e-13);
        Assert.Equal(0.045305523869211606, MaximumMeanDiscrepancy.Test(Sines(60), Cosines(60), 1).Statistic, 1e-13);
        Assert.Equal(-0.1636140601852114, MaximumMeanDiscrepancy.Test([1, 1, 1, 2], [1, 1, 3], 1).Statistic, 1e-13);
        Assert.True(double.IsNaN(MaximumMeanDiscrepancy.Test([1], _y, 1).PValue!.Value));
    }

    [Fact]
    public void Kernel_means_alarm_as_often_as_their_level_says_and_always_where_all_differs()
    {
        var alarms = 0;
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            double[] a = [.. Enumerable.Range(0, 40).Select(_ => random.NextNormal())], b = [.. Enumerable.Range(0, 30).Select(_ => random.NextNormal())];
            alarms += MaximumMeanDiscrepancy.Test(a, b, seed).PValue <= 0.1 ? 1 : 0;
        }

        // Binomial(200, 0.1) is within 20 ± 4 standard deviations.
        Assert.InRange(alarms, 3, 37);
        double[] low = [.. Enumerable.Range(0, 5000).Select(i => i / 5000.0)];
        Assert.Equal(1.0 / 101, MaximumMeanDiscrepancy.Test(low, Array.ConvertAll(low, value => value + 1), 1).PValue!.Value, 1e-15);
    }

    static readonly double[] _x = [0.1, 0.4, 0.5, 0.9, 1.3, 1.7, 2.2, 2.9, 3.1, 4.0];
    static readonly double[] _y = [0.2, 0.8, 1.1, 1.9, 2.4, 3.3, 3.5, 4.4, 5.1, 5.8, 6.0, 7.2];

    static double[] Sines(int count) => [.. Enumerable.Range(1, count).Select(i => (Math.Sin(i * 1.7) * 3) + (i / 20.0))];

    static double[] Cosines(int count) => [.. Enumerable.Range(1, count).Select(i => (Math.Cos(i * 0.9) * 2) + (i / 10.0))];

    static double[] Repeat(double[] values, int times) => [.. Enumerable.Repeat(values, times).SelectMany(each => each).Order()];

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
