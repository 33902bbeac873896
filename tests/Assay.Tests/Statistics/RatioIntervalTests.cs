using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class RatioIntervalTests
{
    // Worked by hand: R = 12/6 = 2, residuals 1, -2, 1, s = sqrt(3), mean 2, t(0.975, 2) = 4.302652729911275 (scipy 1.10.1).
    [Fact]
    public void A_ratio_has_the_interval_of_its_residuals()
    {
        var interval = RatioInterval.Delta([3, 4, 5], [1, 3, 2])!.Value;
        Assert.Equal(2 - (4.302652729911275 / 2), interval.Low, 1e-9);
        Assert.Equal(2 + (4.302652729911275 / 2), interval.High, 1e-9);
    }

    [Fact]
    public void Equal_denominators_give_the_interval_of_the_mean()
    {
        double[] values = [1, 2, 4, 8];
        var (ratio, mean) = (RatioInterval.Delta(values, [2, 2, 2, 2])!.Value, MeanInterval.StudentT(values)!.Value);
        Assert.Equal(mean.Low / 2, ratio.Low, 1e-12);
        Assert.Equal(mean.High / 2, ratio.High, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 1 }, new double[] { 1 })]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, -1 })]
    [InlineData(new double[] { 1, double.NaN }, new double[] { 1, 1 })]
    public void There_is_none_for_too_little_or_undefined(double[] above, double[] below) => Assert.Null(RatioInterval.Delta(above, below));
}
