using Assay.Metrics;

namespace Assay.Tests.Metrics;

/// <summary>Reference values: scikit-learn 1.2.1.</summary>
public class RegressionTests
{
    const double Tolerance = 1e-12;

    static readonly double[] _truth = [3, .5, 2, 7, 4];
    static readonly double[] _predicted = [2.5, .8, 2, 8, 3];
    static readonly double[] _weights = [1, 2, .5, 3, 1];

    [Fact]
    public void Metrics_are_those_of_scikit_learn()
    {
        var summary = RegressionSummary.Of(_truth, _predicted);
        Near(0.56, summary.MeanAbsoluteError);
        Near(0.468, summary.MeanSquaredError);
        Near(Math.Sqrt(0.468), summary.RootMeanSquaredError);
        Near(0.5, Regression.MedianAbsoluteError(_truth, _predicted));
        Near(0.23190476190476192, summary.MeanAbsolutePercentageError);
        Near(1, summary.MaxError);
        Near(0.9016806722689076, summary.R2());
        Near(0.902016806722689, summary.ExplainedVariance());
        Near(0.0667458903831423, Deviance.Gamma(_truth, _predicted));
        Near(0.08550764411722893, Deviance.Tweedie(_truth, _predicted, 1.5));
        Near(0.06491865079365088, Deviance.Tweedie(_truth, _predicted, 3));
        Near(0.9137458823524329, Deviance.D2Tweedie(_truth, _predicted, 1));
        Near(0.5214285714285715, Regression.D2Pinball(_truth, _predicted, .2));
    }

    [Fact]
    public void Weighted_metrics_are_those_of_scikit_learn()
    {
        var summary = RegressionSummary.Of(_truth, _predicted, _weights);
        Near(0.68, summary.MeanAbsoluteError);
        Near(0.9187155963302752, summary.R2());
        Near(0.9295045871559633, summary.ExplainedVariance());
        Near(0.1396080228875404, Deviance.Poisson(_truth, _predicted, _weights));
        Near(1, Regression.MedianAbsoluteError(_truth, _predicted, _weights));
        Near(0.93549643252643, Deviance.D2Tweedie(_truth, _predicted, 1, _weights));
    }

    [Fact]
    public void Summaries_of_parts_add_up_to_the_whole()
    {
        // A large offset: centred moments keep the digits that sums of squares would lose.
        double[] truth = [.. _truth.Select(value => value + 1e6)], predicted = [.. _predicted.Select(value => value + 1e6)];
        var whole = RegressionSummary.Of(truth, predicted);
        for (var cut = 0; cut <= truth.Length; cut++)
        {
            var merged = RegressionSummary.Of(truth.AsSpan(0, cut), predicted.AsSpan(0, cut)).Merge(RegressionSummary.Of(truth.AsSpan(cut), predicted.AsSpan(cut)));
            Assert.Equal(5, merged.N);
            Assert.Equal(whole.R2().Value, merged.R2().Value, 1e-9);
            Assert.Equal(whole.Correlation.Value, merged.Correlation.Value, 1e-9);
            Assert.Equal(whole.MeanAbsoluteError.Value, merged.MeanAbsoluteError.Value, 1e-9);
        }

        Near(0.9016806722689076, whole.R2(), 1e-9);
    }

    [Fact]
    public void Smape_mase_and_intervals_are_those_of_their_definitions()
    {
        Near(1.0 / 3, RegressionSummary.Of([1, 0], [2, 0]).SymmetricMeanAbsolutePercentageError);
        Near(0.5, Regression.MeanAbsoluteScaledError([5, 6], [6, 6], [1, 2, 3, 4]));
        Assert.False(Regression.MeanAbsoluteScaledError([5], [6], [1]).IsDefined);
        Near(0.5, PredictionIntervals.Coverage([1, 5], [0, 0], [2, 2]));
        Near(2, PredictionIntervals.MeanWidth([0, 0], [2, 2]));
    }

    [Theory]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { 1.0 }, new[] { 2.0 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { double.NaN, 2 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { double.PositiveInfinity, 2 })]
    [InlineData(new[] { -5.0, 2.0 }, new[] { -3.0, 2 })]
    [InlineData(new[] { 0.0, 0.0 }, new[] { 0.0, 0 })]
    public void Every_metric_is_a_number_or_has_a_reason(double[] truth, double[] predicted)
    {
        var summary = RegressionSummary.Of(truth, predicted);
        MetricValue[] values =
        [
            summary.MeanAbsoluteError, summary.MeanSquaredError, summary.RootMeanSquaredError, summary.MeanSquaredLogError, summary.MeanAbsolutePercentageError,
            summary.SymmetricMeanAbsolutePercentageError, summary.MaxError, summary.MeanError, summary.R2(), summary.R2(false), summary.ExplainedVariance(), summary.Correlation,
            Regression.MedianAbsoluteError(truth, predicted), Regression.D2Absolute(truth, predicted), Regression.Pinball(truth, predicted, .1),
            Deviance.Poisson(truth, predicted), Deviance.Gamma(truth, predicted), Deviance.D2Tweedie(truth, predicted, 2),
        ];
        Assert.All(values, value => Assert.Equal(value.IsDefined, double.IsFinite(value.Value)));
    }

    static void Near(double expected, MetricValue actual, double tolerance = Tolerance) => Assert.Equal(expected, actual.Value, tolerance);
}
