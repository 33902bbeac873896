using Assay.Metrics;

namespace Assay.Tests.Metrics;

/// <summary>Reference values: scikit-learn 1.2.1; by hand where it has none.</summary>
public class RankingTests
{
    const double Tolerance = 1e-12;

    [Fact]
    public void Gains_are_those_of_scikit_learn()
    {
        double[] relevance = [3, 2, 3, 0, 1, 2];
        Near(0.9608081943360618, Ndcg.Normalized(relevance, [6, 5, 4, 3, 2, 1]));
        Near(0.9888906808152526, Ndcg.Normalized(relevance, [6, 5, 5, 3, 2, 2], 3));
        // 2^relevance - 1 of the first list: 7, 3, 7, 0, 1, 3.
        Near(13.848263629272983, Ndcg.Gain(relevance, [6, 5, 4, 3, 2, 1], gain: RelevanceGain.Exponential));
        Assert.Equal("no item is relevant", Ndcg.Normalized([0, 0], [1, 2]).Reason);
        Assert.Equal("the list is empty", Ndcg.Normalized([], []).Reason);
        Assert.False(Ndcg.Normalized([1, 0], [double.NaN, 2]).IsDefined);
        Assert.False(Ndcg.Normalized([-1, 0], [1, 2]).IsDefined);
    }

    [Fact]
    public void Retrieval_metrics_are_those_of_their_definitions()
    {
        double[] scores = [.9, .8, .7, .6];
        bool[] relevant = [false, true, false, true];
        Near(0.5, Retrieval.ReciprocalRank(scores, relevant));
        Near(0.5, Retrieval.AveragePrecision(scores, relevant));
        Near(0.25, Retrieval.AveragePrecision(scores, relevant, 2));
        Near(0, Retrieval.Hit(scores, relevant, 1));
        Near(0.5, Retrieval.Recall(scores, relevant, 3));
        Near(1.0 / 3, Retrieval.Precision(scores, relevant, 3));
        Assert.Equal("no item is relevant", Retrieval.Recall(scores, [false, false, false, false]).Reason);
    }

    [Fact]
    public void Label_rankings_are_those_of_scikit_learn()
    {
        double[] scores = [.75, .5, 1, 1, .2, .1, .3, .3, .3, .2, .9, .4];
        bool[] truth = [true, false, false, false, false, true, true, false, true, false, true, false];
        Near(0.625, LabelRanking.AveragePrecision(scores, truth, 3));
        Near(2.25, LabelRanking.CoverageError(scores, truth, 3));
        Near(0.625, LabelRanking.Loss(scores, truth, 3));
        Assert.False(LabelRanking.Loss([double.NaN, 1], [true, false], 2).IsDefined);
        Assert.False(LabelRanking.Loss([], [], 2).IsDefined);
    }

    [Fact]
    public void Top_k_hinge_and_multilabel_are_those_of_scikit_learn()
    {
        Near(0.75, TopK.Accuracy([.4, .4, .2, .3, .3, .4, .2, .5, .3, .5, .3, .2], 3, [0, 1, 2, 2], 2));
        Near(0.75, Hinge.Binary([-.5, .3, 2, .8], [false, true, true, false]));
        Near(0.55, Hinge.Multiclass([1.2, .1, -.3, .2, .4, .3, 0, .5, .2, -.2, 1.5, .1], 3, [0, 1, 2, 1]));
        var summary = MultilabelSummary.Of(
            [true, false, true, false, true, false, true, true, false, false, false, false],
            [true, false, false, false, true, true, true, false, false, false, false, false], 3);
        Near(0.25, summary.SubsetAccuracy);
        Near(0.25, summary.HammingLoss);
        Near(2.0 / 3, summary.Average(Classification.F1, ClassAverage.Micro));
        Near(0.5555555555555555, summary.Average(Classification.F1, ClassAverage.Macro));
        Near(2.0 / 3, summary.Average(Classification.F1, ClassAverage.Weighted));
        Near(0.5, summary.SamplesF1);
        Near(0.375, summary.SamplesJaccard);
        Near(0.625, summary.SamplesPrecision);
        Near(0.5, summary.SamplesRecall);
    }

    [Fact]
    public void Likelihood_ratios_are_those_of_scikit_learn()
    {
        var matrix = ConfusionMatrix.FromLabels([0, 0, 1, 1, 0, 1, 0, 1], [0, 1, 0, 1, 1, 1, 0, 1], 2);
        Near(1.5, Classification.PositiveLikelihoodRatio(matrix, 1));
        Near(0.5, Classification.NegativeLikelihoodRatio(matrix, 1));
        Near(0.5, Classification.Specificity(matrix, 1));
        Near(2.0 / 3, Classification.NegativePredictiveValue(matrix, 1));
        Near(0.25, Classification.Youden(matrix, 1));
    }

    [Fact]
    public void Equal_mass_bins_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 calibration_curve(n_bins=4, strategy='quantile') on 64-bit floats.
        var bins = Calibration.EqualMassBins([.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f], [false, false, true, true, false, true, false, true], 4);
        Assert.Equal([0, .5, 1], bins.Select(bin => bin.ObservedRate!.Value));
        Assert.Equal(.15, bins[0].MeanPredicted!.Value, 1e-7);
        Assert.Equal(.3875, bins[1].MeanPredicted!.Value, 1e-7);
        Assert.Equal(.85, bins[2].MeanPredicted!.Value, 1e-7);
    }

    static void Near(double expected, MetricValue actual) => Assert.Equal(expected, actual.Value, Tolerance);
}
