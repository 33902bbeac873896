using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class MannWhitneyTests
{
    [Theory]
    [InlineData(new[] { 1.1, 2.3, .4, 5.6, 3.3 }, new[] { 2.2, 7.1, 6.5, 4.4, 9.9, 3.8 }, 5, 0.08225108225108226, "mann-whitney-exact")]
    [InlineData(new[] { 1.0, 2, 2, 3, 5, 5, 4, 4, 3 }, new[] { 2.0, 3, 3, 6, 7, 8, 8, 5, 5, 4 }, 22, 0.06275270237299482, "mann-whitney")]
    public void It_is_scipys(double[] first, double[] second, double u, double p, string method)
    {
        // scipy 1.10.1 mannwhitneyu(first, second).
        var test = MannWhitney.Test(first, second);
        Assert.Equal(method, test.Method);
        Assert.Equal(u, test.Statistic);
        Assert.Equal(p, test.PValue, 1e-10);
        Assert.Equal(u / (first.Length * second.Length), test.Effect, 1e-12);
        Assert.True(test.Interval!.Value.Low < test.Effect && test.Effect < test.Interval.Value.High);
        Assert.Equal(p, MannWhitney.Test(second, first).PValue, 1e-10);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.NotNull(MannWhitney.Test([], [1]).Reason);
        Assert.NotNull(MannWhitney.Test([1, 1], [1]).Reason);
        Assert.NotNull(MannWhitney.Test([1, double.NaN], [1]).Reason);
        Assert.Equal(1, MannWhitney.Test([1], [2]).PValue);
    }
}
