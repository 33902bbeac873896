using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class PairedTTests
{
    static readonly double[] _differences = [.12, -.05, .3, .08, -.11, .22, .17, .05, -.02, .4, .01, .13];
    static readonly int[] _clusters = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4];

    [Fact]
    public void It_is_scipys_ttest_rel()
    {
        var test = PairedT.Test(_differences);
        Assert.Equal(2.5313422068660354, test.Statistic, 1e-10);
        Assert.Equal(0.02790667432493248, test.PValue, 1e-10);
        Assert.Equal(11, test.DegreesOfFreedom);
        Assert.Equal(0.014138222785956861, test.Interval!.Value.Low, 1e-9);
        Assert.Equal(0.20252844388070984, test.Interval.Value.High, 1e-9);
        Assert.Equal(12, test.N);
        Assert.Null(test.Reason);
    }

    [Theory]
    [InlineData(ClusterVariance.CR1, 3.52755246, 0.02428407, 0.02306697, 0.19359969)]
    [InlineData(ClusterVariance.CR0, 3.94392354, 0.01690399, 0.03206878, 0.18459788)]
    public void Clustered_it_is_statsmodels_regression_on_a_constant(ClusterVariance variance, double t, double p, double low, double high)
    {
        // statsmodels 0.13.5 OLS(d, 1).fit(cov_type='cluster', use_t=True), with and without use_correction; printed to 8 digits.
        var test = PairedT.Clustered(_differences, _clusters, variance);
        Assert.Equal(t, test.Statistic, 1e-8);
        Assert.Equal(p, test.PValue, 1e-8);
        Assert.Equal(low, test.Interval!.Value.Low, 1e-8);
        Assert.Equal(high, test.Interval.Value.High, 1e-8);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.Contains("two pairs", PairedT.Test([]).Reason);
        Assert.Contains("two pairs", PairedT.Test([1]).Reason);
        Assert.Contains("same difference", PairedT.Test([1, 1]).Reason);
        Assert.Contains("finite", PairedT.Test([1, double.NaN]).Reason);
        Assert.Contains("clusters", PairedT.Clustered([1, 2], [0, 0]).Reason);
        Assert.True(double.IsNaN(PairedT.Test([1, 1]).PValue));
        Assert.Equal(1, PairedT.Test([1, 1]).Effect);
        Assert.Null(PairedT.Test([1, 2]).Reason);
    }
}
