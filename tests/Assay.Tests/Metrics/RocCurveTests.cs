using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class RocCurveTests
{
    static readonly float[] _scores = [.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f];
    static readonly bool[] _positives = [false, false, true, true, false, true, false, true];

    [Fact]
    public void Points_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 roc_curve(drop_intermediate=False); its first threshold is max + 1 there, infinite since 1.3, null here.
        var curve = RocCurve.Compute(_scores, _positives);
        Assert.Equal([0.0, 0, 0, .5, .5, .75, 1], curve.Select(point => point.FalsePositiveRate));
        Assert.Equal([0.0, .25, .5, .75, 1, 1, 1], curve.Select(point => point.TruePositiveRate));
        Assert.Equal([null, .9f, .8f, .4f, .35f, .2f, .1f], curve.Select(point => (float?)point.Threshold));

        // golden.json 'roc_curve' dropped the point on the straight line to the end.
        (double, double)[] golden = [(0, 0), (0, .25), (0, .5), (.5, .75), (.5, 1), (1, 1)];
        Assert.Subset(curve.Select(point => (point.FalsePositiveRate, point.TruePositiveRate)).ToHashSet(), golden.ToHashSet());
    }

    [Fact]
    public void The_area_under_it_is_the_auc() =>
        Assert.Equal(RocAuc.Binary(_scores, _positives).Value, Area(RocCurve.Compute(_scores, _positives)), 1e-15);

    [Fact]
    public void Dropping_points_on_straight_lines_keeps_the_area()
    {
        var curve = RocCurve.Compute(_scores, _positives, maxPoints: 6);
        Assert.Equal([(0.0, 0.0), (0, .5), (.5, .75), (.5, 1), (1, 1)], curve.Select(point => (point.FalsePositiveRate, point.TruePositiveRate)));
        Assert.Equal(0.8125, Area(curve), 1e-15);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(200)]
    public void A_thinned_curve_keeps_its_ends_and_nearly_its_area(int points)
    {
        var random = new SeededRandom(5);
        bool[] positives = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(4) == 0)];
        float[] scores = [.. positives.Select(positive => (float)(random.NextNormal() + (positive ? 1 : 0)))];
        var curve = RocCurve.Compute(scores, positives, points);
        Assert.InRange(curve.Length, 2, points);
        Assert.Equal((0, 0), (curve[0].FalsePositiveRate, curve[0].TruePositiveRate));
        Assert.Equal((1, 1), (curve[^1].FalsePositiveRate, curve[^1].TruePositiveRate));

        // A chord of a concave curve loses at most 1/8 of (step along the curve)² in each of the steps, 2/points long.
        Assert.Equal(RocAuc.Binary(scores, positives).Value, Area(curve), Math.Max(0.001, 1.0 / points));
    }

    [Fact]
    public void One_class_or_a_score_that_is_no_number_has_no_curve()
    {
        Assert.Empty(RocCurve.Compute([1, 2], [true, true]));
        Assert.Empty(RocCurve.Compute([1, float.NaN], [true, false]));
        Assert.Empty(RocCurve.Compute([], []));
    }

    [Fact]
    public void All_scores_tied_is_the_diagonal() =>
        Assert.Equal([new RocPoint(0, 0, null), new RocPoint(1, 1, 3)], RocCurve.Compute([3, 3, 3], [true, false, true]));

    static double Area(IReadOnlyList<RocPoint> curve) => curve.Zip(curve.Skip(1), (a, b) =>
        (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
}
