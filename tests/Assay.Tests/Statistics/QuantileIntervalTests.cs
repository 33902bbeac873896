using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class QuantileIntervalTests
{
    // The values are their own positions, counted from 0; positions by scipy 1.10.1 stats.binom.
    [Theory]
    [InlineData(100, 0.9, 83, 95)]
    [InlineData(1000, 0.5, 468, 531)]
    [InlineData(5_000_000, 0.99, 4_949_562, 4_950_436)]
    public void Order_statistics_are_those_of_the_exact_binomial(int n, double p, double low, double high)
    {
        var estimate = QuantileInterval.OfSorted([.. Enumerable.Range(0, n).Select(i => (double)i)], p);
        Assert.Equal(new Interval(low, high, "order-statistics"), estimate.Interval);
        Assert.Equal(0, estimate.Needed);

        // numpy's default quantile is p (n - 1) here.
        Assert.Equal(p * (n - 1), estimate.Value, 1e-6);
    }

    [Theory]
    [InlineData(0, 0.5, 6)]
    [InlineData(5, 0.5, 1)]
    [InlineData(6, 0.5, 0)]
    [InlineData(1, 0.99, 367)]
    [InlineData(367, 0.99, 1)]
    [InlineData(368, 0.99, 0)]
    [InlineData(71, 0.05, 1)]
    [InlineData(72, 0.05, 0)]
    public void A_sample_that_is_too_small_says_how_many_more_it_needs(int n, double p, int needed)
    {
        // The least n with max(p, 1 - p)^n <= 0.025.
        var estimate = QuantileInterval.OfSorted([.. Enumerable.Range(0, n).Select(i => (double)i)], p);
        Assert.Equal(needed, estimate.Needed);
        Assert.Equal(needed > 0, estimate.Interval is null);
        Assert.Equal(n == 0, double.IsNaN(estimate.Value));
    }

    [Fact]
    public void It_holds_the_value_also_with_ties()
    {
        var random = new SeededRandom(3);
        for (var n = 6; n < 300; n += 7)
        {
            foreach (var p in new[] { 0.05, 0.25, 0.5, 0.9, 0.95 })
            {
                var estimate = QuantileInterval.OfSorted([.. Enumerable.Range(0, n).Select(_ => (double)random.Next(20)).Order()], p);
                if (estimate.Interval is { } interval)
                {
                    Assert.InRange(estimate.Value, interval.Low, interval.High);
                }
            }
        }
    }

    [Fact]
    public void It_covers_the_true_p90_at_least_as_often_as_it_says()
    {
        var random = new SeededRandom(9);
        var covered = Enumerable.Range(0, 3000).Count(_ =>
        {
            var interval = QuantileInterval.OfSorted([.. Enumerable.Range(0, 150).Select(_ => random.NextExponential()).Order()], 0.9).Interval!.Value;
            return interval.Low <= Math.Log(10) && Math.Log(10) <= interval.High;
        });

        // 0.95 or a little more, by construction; 3000 samples have a standard error of 0.004: four below, and not far above.
        Assert.InRange(covered / 3000.0, 0.934, 0.985);
    }

    [Fact]
    public void Infinite_observations_are_kept_apart()
    {
        var estimate = QuantileInterval.OfSorted([1, 2, 3, 4, 5, double.PositiveInfinity, double.PositiveInfinity], 0.9);
        Assert.Equal(double.PositiveInfinity, estimate.Value);
    }
}
