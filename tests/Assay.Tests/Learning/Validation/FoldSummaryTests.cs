using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class FoldSummaryTests
{
    public static readonly ImmutableArray<Split> Ten = KFold.Split(100, 10, null);

    [Fact]
    public void The_interval_is_that_of_the_corrected_test()
    {
        // The same numbers as in CorrectedResampledTTests: scipy 1.10.1 stats.t.interval with the corrected variance.
        var summary = FoldSummary.Of([.01, .02, -.005, .015, .01, .03, .0, .012, .008, .02], Ten);
        Assert.Equal(0.012, summary.Mean, 1e-15);
        Assert.Equal(0.0015026807411042953, summary.Interval!.Value.Low, 1e-9);
        Assert.Equal(0.022497319258895705, summary.Interval.Value.High, 1e-9);
        Assert.Equal((10, 0, null), (summary.Folds, summary.Undefined, summary.Reason));
    }

    [Fact]
    public void Undefined_folds_are_counted()
    {
        var some = FoldSummary.Of([0.5, double.NaN, 0.7, .. Enumerable.Repeat(double.NaN, 7)], Ten);
        Assert.Equal((2, 8), (some.Folds, some.Undefined));
        Assert.Equal(0.6, some.Mean, 1e-15);
        var none = FoldSummary.Of([.. Enumerable.Repeat(double.NaN, 10)], Ten);
        Assert.True(double.IsNaN(none.Mean));
        Assert.Null(none.Interval);
        Assert.NotNull(none.Reason);
        Assert.Throws<ArgumentException>(() => FoldSummary.Of([1, 2], Ten));
    }
}
