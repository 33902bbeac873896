using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class MeanIntervalTests
{
    [Fact]
    public void It_is_the_t_interval()
    {
        // scipy 1.10.1 stats.t.interval(.95, 4, mean, sem). 1e-9: MathNet finds the t quantile by iteration.
        var interval = MeanInterval.StudentT([1, 2, 4, 8, 16]);
        Assert.Equal(-1.3731325632789178, interval!.Value.Low, 1e-9);
        Assert.Equal(13.773132563278917, interval.Value.High, 1e-9);
        Assert.Equal("t", interval.Value.Method);
    }

    [Fact]
    public void Fewer_than_two_values_or_no_number_have_none()
    {
        Assert.Null(MeanInterval.StudentT([]));
        Assert.Null(MeanInterval.StudentT([1]));
        Assert.Null(MeanInterval.StudentT([1, double.NaN]));
        Assert.Null(MeanInterval.StudentT([1, double.PositiveInfinity]));
        Assert.NotNull(MeanInterval.StudentT([1, 2]));
    }
}
