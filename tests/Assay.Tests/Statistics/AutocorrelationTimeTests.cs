using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class AutocorrelationTimeTests
{
    [Fact]
    public void Independent_values_are_worth_themselves() =>
        // Blocks of 64 of n = 50,000: the estimate's relative standard error is sqrt(2 / 781) = 0.05.
        Assert.InRange(AutocorrelationTime.Of(Series(0, 50_000, 1)), 1, 1.2);

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 19)]
    public void An_autoregressive_series_has_the_time_of_its_formula(double correlation, double expected)
    {
        // (1 + a) / (1 - a). The mean of ten estimates, each good to some 15 %.
        var times = Enumerable.Range(0, 10).Select(seed => AutocorrelationTime.Of(Series(correlation, 100_000, (ulong)seed)));
        Assert.InRange(times.Average() / expected, 0.85, 1.15);
    }

    [Fact]
    public void Values_that_do_not_vary_or_are_few_are_independent()
    {
        Assert.Equal(1, AutocorrelationTime.Of([]));
        Assert.Equal(1, AutocorrelationTime.Of([1, 2, 3]));
        Assert.Equal(1, AutocorrelationTime.Of(new double[1000]));
        Assert.Equal(1, AutocorrelationTime.OfExceedance(new double[1000], 5));
    }

    [Fact]
    public void A_trend_is_worth_little()
    {
        double[] rising = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        Assert.True(AutocorrelationTime.OfExceedance(rising, 500) > 50);
    }

    [Fact]
    public void An_interval_of_fewer_independent_values_is_wider_and_says_how_many_more_are_needed()
    {
        double[] sorted = [.. Enumerable.Range(0, 4000).Select(i => (double)i)];
        var independent = QuantileInterval.OfSorted(sorted, 0.9);
        var quarter = QuantileInterval.OfSorted(sorted, 0.9, 1000, 0.95);
        Assert.Equal(independent.Value, quarter.Value);
        Assert.InRange((quarter.Interval!.Value.High - quarter.Interval.Value.Low) / (independent.Interval!.Value.High - independent.Interval.Value.Low), 1.9, 2.1);

        // p99 needs 368 independent ones: of 4,000 worth 200, as many again as bring 168 more.
        var refused = QuantileInterval.OfSorted(sorted, 0.99, 200, 0.95);
        Assert.Null(refused.Interval);
        Assert.Equal(3360, refused.Needed);
    }

    // Stationary from its first value on.
    internal static double[] Series(double correlation, int n, ulong seed)
    {
        var random = new SeededRandom(seed);
        var series = new double[n];
        var last = random.NextNormal();
        for (var i = 0; i < n; i++)
        {
            series[i] = last;
            last = (correlation * last) + (Math.Sqrt(1 - (correlation * correlation)) * random.NextNormal());
        }

        return series;
    }
}
