using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class CorrectedResampledTTests
{
    [Fact]
    public void Ten_folds_are_those_of_the_reference()
    {
        // golden.json 'nadeau_bengio 10-fold t,p'; the interval by scipy 1.10.1 stats.t.interval.
        var result = CorrectedResampledT.Test([.01, .02, -.005, .015, .01, .03, .0, .012, .008, .02], 1.0 / 9);
        Assert.Equal(2.5859826955236938, result.Statistic, 1e-10);
        Assert.Equal(0.02940661202752392, result.PValue, 1e-10);
        Assert.Equal(9, result.DegreesOfFreedom);
        Assert.Equal(0.0015026807411042953, result.Interval!.Value.Low, 1e-9);
        Assert.Equal(0.022497319258895705, result.Interval.Value.High, 1e-9);
    }

    [Fact]
    public void One_fold_none_and_equal_differences_are_undefined_with_a_reason()
    {
        Assert.Equal("a test needs at least two folds", CorrectedResampledT.Test([], 0.1).Reason);
        Assert.Equal("a test needs at least two folds", CorrectedResampledT.Test([0.2], 0.1).Reason);
        var equal = CorrectedResampledT.Test([.1, .1, .1, .1, .1, .1], 0.1);
        Assert.Equal("all folds have the same difference, so their spread is unknown", equal.Reason);
        Assert.True(double.IsNaN(equal.PValue));
        Assert.Null(equal.Interval);
    }
}
