using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class WilsonTests
{
    [Theory]
    [InlineData(8, 10, 0.4901624715366418, 0.9433178485456248)]
    [InlineData(0, 10, 0, 0.2775327998628892)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    [InlineData(2, 4, 0.15003898915214953, 0.8499610108478505)]
    public void Intervals_are_the_reference_ones(int successes, int n, double low, double high)
    {
        // golden.json 'wilson'; the last one by the same function of golden.py. 1e-12: two inverse normals.
        var interval = Wilson.Interval(successes, n);
        Assert.Equal(low, interval.Low, 1e-12);
        Assert.Equal(high, interval.High, 1e-12);
        Assert.Equal("wilson", interval.Method);
    }

    [Fact]
    public void It_holds_the_value_and_stays_in_0_to_1()
    {
        for (var n = 1; n <= 60; n++)
        {
            for (var k = 0; k <= n; k++)
            {
                var interval = Wilson.Interval(k, n);
                Assert.InRange((double)k / n, interval.Low, interval.High);
                Assert.InRange(interval.Low, 0, 1);
                Assert.InRange(interval.High, 0, 1);
            }
        }
    }

    [Fact]
    public void Nothing_observed_is_nothing_known()
    {
        Assert.Equal(new Interval(0, 1, "wilson"), Wilson.Interval(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(3, 2));
    }

    [Fact]
    public void It_covers_the_truth_as_often_as_it_says()
    {
        var random = new SeededRandom(1);
        var covered = Enumerable.Range(0, 4000).Count(_ =>
        {
            var interval = Wilson.Interval(BinomialSampler.Next(random, 50, 0.3), 50);
            return interval.Low <= 0.3 && 0.3 <= interval.High;
        });

        // Exact coverage at n = 50, p = 0.3 is 0.957 (scipy.stats.binom); standard error 0.0032, four of them.
        Assert.InRange(covered / 4000.0, 0.957 - 0.013, 0.957 + 0.013);
    }
}
