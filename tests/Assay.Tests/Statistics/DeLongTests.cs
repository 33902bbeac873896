using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class DeLongTests
{
    [Fact]
    public void It_is_the_interval_of_the_definition()
    {
        // numpy: psi = (x > y) + (x == y) / 2 over all pairs; variance of row means / m + of column means / n, ddof 1.
        var first = DeLong.Interval(
            [.1f, .3f, .2f, .6f, .5f, .7f, .4f, .8f, .35f, .9f], [false, false, true, true, false, true, false, true, false, false])!.Value;
        Assert.Equal(0.24075326926253032, first.Low, 1e-9);
        Assert.Equal(1, first.High);
        var tied = DeLong.Interval([.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f], [false, false, true, true, false, true, false, true])!.Value;
        Assert.Equal(0.496212172029585, tied.Low, 1e-9);
        Assert.Equal("delong", tied.Method);
    }

    [Fact]
    public void It_covers_the_true_area()
    {
        // Scores N(1, 1) and N(0, 1): the area is Phi(1 / sqrt 2).
        var random = new SeededRandom(12);
        bool[] positives = [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0)];
        var covered = Enumerable.Range(0, 1000).Count(_ =>
        {
            var interval = DeLong.Interval([.. positives.Select(positive => (float)(random.NextNormal() + (positive ? 1 : 0)))], positives)!.Value;
            return interval.Low <= 0.7602499389 && 0.7602499389 <= interval.High;
        });

        // Nominal 0.95, a percent less at 50 positives; standard error 0.007, three of them.
        Assert.InRange(covered / 1000.0, 0.92, 0.972);
    }

    [Theory]
    [InlineData(new[] { 1f, 2, 3, 4, 5, 6, 7, 8 }, 0.5101091635454027, 1)]
    [InlineData(new[] { 8f, 7, 6, 5, 4, 3, 2, 1 }, 0, 0.4898908364545973)]
    [InlineData(new[] { 1f, 1, 1, 1, 1, 1, 1, 1 }, 0.15003898915214953, 0.8499610108478505)]
    public void Without_variance_it_is_wilsons_for_the_smaller_class(float[] scores, double low, double high)
    {
        // Wilson for 4 of 4, 0 of 4 and 2 of 4, by golden.py's function.
        var interval = DeLong.Interval(scores, [false, false, false, false, true, true, true, true])!.Value;
        Assert.Equal(low, interval.Low, 1e-12);
        Assert.Equal(high, interval.High, 1e-12);
        Assert.Equal("wilson-min-class", interval.Method);
    }

    [Fact]
    public void One_row_of_a_class_says_little_and_none_says_nothing()
    {
        var interval = DeLong.Interval([1, 2, 3, 4], [false, false, true, false])!.Value;
        Assert.Equal("wilson-min-class", interval.Method);
        Assert.InRange(2.0 / 3, interval.Low, interval.High);
        Assert.Null(DeLong.Interval([], []));
        Assert.Null(DeLong.Interval([1, 2], [true, true]));
        Assert.Null(DeLong.Interval([1, float.NaN, 3], [true, false, false]));
    }
}
