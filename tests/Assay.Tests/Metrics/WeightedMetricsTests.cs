using Assay.Metrics;

namespace Assay.Tests.Metrics;

/// <summary>Reference values: scikit-learn 1.2.1 with sample_weight.</summary>
public class WeightedMetricsTests
{
    const double Tolerance = 1e-12;

    static readonly double[] _weights = [1, 2, 0.5, 3, 1, 2, 1.5, 1];
    static readonly ConfusionMatrix _matrix = ConfusionMatrix.FromLabels([0, 1, 2, 2, 1, 0, 2, 1], [0, 2, 2, 1, 1, 0, 2, 0], 3, _weights);
    static readonly ScoreSummary _ranking = ScoreSummary.Of(
        (double[])[.1, .4, .35, .8, .4, .4, .2, .9], [false, false, true, true, false, true, false, true], _weights);

    [Fact]
    public void A_matrix_of_weights_gives_the_weighted_metrics()
    {
        Assert.Equal(0.5, Classification.Accuracy(_matrix).Value, Tolerance);
        Assert.Equal(0.5171957671957672, Classification.Macro(_matrix, Classification.F1).Value, Tolerance);
        Assert.Equal(0.4828042328042328, Classification.Weighted(_matrix, Classification.F1).Value, Tolerance);
        Assert.Equal(0.2526455763199557, Classification.Matthews(_matrix).Value, Tolerance);
        Assert.Equal(0.25, Classification.CohenKappa(_matrix).Value, Tolerance);
        Assert.Equal(0.55, Classification.BalancedAccuracy(_matrix).Value, Tolerance);
        Assert.Equal((8, 12.0), (_matrix.N, _matrix.TotalWeight));
    }

    [Fact]
    public void A_ranking_of_weights_gives_the_weighted_areas()
    {
        Assert.Equal(0.8741258741258742, RocAuc.Binary(_ranking).Value, Tolerance);
        Assert.Equal(0.873144399460189, AveragePrecision.Of(_ranking).Value, Tolerance);
        Assert.Equal(0.823529411764706, RocAuc.Partial(_ranking, 0.3).Value, Tolerance);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_can_only_be_a_mistake_is_told(double weight)
    {
        Assert.Contains("row 1", Assert.Throws<UserErrorException>(() => ConfusionMatrix.FromLabels([0, 1], [0, 1], 2, [1, weight])).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => ScoreSummary.Of((double[])[1, 2], [true, false], [1, weight]));
        Assert.Throws<UserErrorException>(() => RegressionSummary.Of([1, 2], [1, 2], [1, weight]));
        Assert.Throws<UserErrorException>(() => RegressionSummary.Of([1, 2], [1, 2], [1]));
    }

    [Fact]
    public void Weights_of_zero_leave_nothing_to_score()
    {
        Assert.False(Classification.Accuracy(ConfusionMatrix.FromLabels([0, 1], [0, 1], 2, [0, 0])).IsDefined);
        Assert.False(RocAuc.Binary(ScoreSummary.Of((double[])[1, 2], [true, false], [0, 0])).IsDefined);
        Assert.False(RegressionSummary.Of([1, 2], [1, 2], [0, 0]).MeanAbsoluteError.IsDefined);
    }
}
