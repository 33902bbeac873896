using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class ClopperPearsonTests
{
    [Theory]
    [InlineData(8, 10, .95, 0.4439045376923585, 0.9747892736731665)]
    [InlineData(0, 10, .95, 0, 0.30849710781876294)]
    [InlineData(10, 10, .95, 0.6915028921812371, 1)]
    [InlineData(3, 200, .99, 0.0016963809882776552, 0.05380344522865836)]
    public void It_is_scipys(int successes, int n, double confidence, double low, double high)
    {
        // scipy 1.10.1 binomtest(...).proportion_ci(method='exact'); the first is golden.json's. 1e-9: inverse incomplete beta.
        var interval = ClopperPearson.Interval(successes, n, confidence);
        Assert.Equal(low, interval.Low, 1e-9);
        Assert.Equal(high, interval.High, 1e-9);
    }

    [Fact]
    public void Nothing_seen_is_nothing_known() => Assert.Equal(new Interval(0, 1, "clopper-pearson"), ClopperPearson.Interval(0, 0));

    [Fact]
    public void It_holds_wilsons_centre_and_is_wider()
    {
        for (var k = 1; k < 30; k++)
        {
            var (exact, score) = (ClopperPearson.Interval(k, 30), Wilson.Interval(k, 30));
            Assert.True(exact.Low < (double)k / 30 && exact.High > (double)k / 30);
            Assert.True(exact.High - exact.Low > score.High - score.Low);
        }
    }
}
