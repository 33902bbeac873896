using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class WilcoxonTests
{
    static readonly double[] _withZeros = [0, 0, 1, -2, 3, 3, -1, 0, 4, 5, 2, 2, -3, 6];

    [Fact]
    public void It_is_the_golden_value()
    {
        var test = Wilcoxon.Test([.01, .02, -.005, .015, .01, .03, .0, .012, .008, .02]);
        Assert.Equal(1, test.Statistic);
        Assert.Equal(0.010723552816128436, test.PValue, 1e-10);
        Assert.Equal(0.011, test.Effect, 1e-12);
    }

    [Theory]
    [InlineData(ZeroDifferences.Wilcox, 12.5, 0.0671256895206043)]
    [InlineData(ZeroDifferences.Zsplit, 24.5, 0.07783357040718404)]
    [InlineData(ZeroDifferences.Pratt, 21.5, 0.07606601515950674)]
    public void Zeros_and_ties_are_treated_as_in_scipy(ZeroDifferences zeros, double statistic, double p)
    {
        // scipy 1.10.1 wilcoxon(..., zero_method, mode='approx').
        var test = Wilcoxon.Test(_withZeros, zeros);
        Assert.Equal("wilcoxon", test.Method);
        Assert.Equal(statistic, test.Statistic);
        Assert.Equal(p, test.PValue, 1e-10);
    }

    [Fact]
    public void Without_zeros_and_ties_it_is_exact()
    {
        var test = Wilcoxon.Test([1.1, -.4, 2.2, 3.1, -.7, .9, 1.6, -1.3]);
        Assert.Equal("wilcoxon-exact", test.Method);
        Assert.Equal(8, test.Statistic);
        Assert.Equal(0.1953125, test.PValue, 1e-12);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.NotNull(Wilcoxon.Test([]).Reason);
        Assert.NotNull(Wilcoxon.Test([0, 0]).Reason);
        Assert.NotNull(Wilcoxon.Test([1, double.NaN]).Reason);
        Assert.Equal(1, Wilcoxon.Test([1]).PValue);
        Assert.Equal(.5, Wilcoxon.Test([1, 2]).PValue);
        Assert.InRange(Wilcoxon.Test([2, 2, 2, 2]).PValue, 0.04, 0.05);
    }
}
