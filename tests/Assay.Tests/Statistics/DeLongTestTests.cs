using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class DeLongTestTests
{
    static readonly bool[] _truth = [false, false, true, true, false, true, false, true, true, false, false, true];
    static readonly double[] _first = [.1, .4, .35, .8, .4, .4, .2, .9, .7, .3, .6, .5];
    static readonly double[] _second = [.3, .2, .6, .5, .1, .7, .6, .4, .9, .5, .2, .3];

    [Fact]
    public void It_is_the_definition_over_all_pairs()
    {
        // numpy: covariances of the structural components over all pairs of rows.
        var test = DeLongTest.Test(_first, _second, _truth);
        Assert.Equal(0.01388888888888884, test.Effect, 1e-12);
        Assert.Equal(0.0639660302646898, test.Statistic, 1e-10);
        Assert.Equal(0.9489972753140853, test.PValue, 1e-10);
        Assert.Equal(-test.Effect, DeLongTest.Test(_second, _first, _truth).Effect, 1e-12);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.Contains("alike", DeLongTest.Test(_first, _first, _truth).Reason);
        Assert.Contains("two rows", DeLongTest.Test([], [], []).Reason);
        Assert.Contains("two rows", DeLongTest.Test([1, 2, 3], [1, 2, 3], [true, false, false]).Reason);
        Assert.Contains("NaN", DeLongTest.Test([1, 2, 3, double.NaN], [1, 2, 3, 4], [true, false, false, true]).Reason);
        Assert.Contains("alike", DeLongTest.Test([1, 1, 1, 1], [2, 2, 2, 2], [true, false, false, true]).Reason);
    }
}
