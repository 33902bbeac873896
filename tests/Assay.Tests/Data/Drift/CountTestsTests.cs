using Assay.Data.Drift;

namespace Assay.Tests.Data.Drift;

// Reference values: scipy 1.10.1.
public class CountTestsTests
{
    [Fact]
    public void Counts_are_tested_as_in_scipy()
    {
        // chisquare([40, 35, 25], [30, 50, 20]); power_divergence of the same by log-likelihood; fisher_exact of both tables.
        long[] reference = [30, 50, 20];
        long[] current = [40, 35, 25];
        Assert.Equal(9.083333333333334, CountTests.ChiSquare(reference, current).Statistic, 1e-12);
        Assert.Equal(0.010655632358543929, CountTests.ChiSquare(reference, current).PValue!.Value, 1e-12);
        Assert.Equal(0.010029258147828917, CountTests.G(reference, current).PValue!.Value, 1e-12);
        Assert.Equal(0.034965034965034975, CountTests.Fisher(8, 10, 1, 6).PValue!.Value, 1e-12);
        Assert.Equal(20, CountTests.Fisher(8, 10, 1, 6).Statistic, 1e-12);
        Assert.Equal(0.040534006514982644, CountTests.Fisher(30, 100, 45, 100).PValue!.Value, 1e-10);
    }

    [Fact]
    public void What_does_not_vary_is_undefined_and_a_new_category_infinitely_far()
    {
        Assert.True(double.IsNaN(CountTests.ChiSquare([9], [7]).PValue!.Value));
        Assert.True(double.IsNaN(TTest.Test([2, 2], [2, 2]).PValue!.Value));
        Assert.Equal((double.PositiveInfinity, 0), (CountTests.ChiSquare([9, 0], [7, 1]).Statistic, CountTests.ChiSquare([9, 0], [7, 1]).PValue!.Value));
    }

    [Fact]
    public void Relabelling_alarms_as_often_as_its_level_says()
    {
        var alarms = 0;
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var (a, b) = (new long[3], new long[3]);
            for (var row = 0; row < 100; row++)
            {
                a[random.Next(3)]++;
                b[random.Next(3)]++;
            }

            alarms += CountTests.TotalVariation(a, b, seed, 99).PValue < 0.1 ? 1 : 0;
        }

        // Binomial(200, 0.1) is within 20 ± 4 standard deviations.
        Assert.InRange(alarms, 3, 37);
    }
}
