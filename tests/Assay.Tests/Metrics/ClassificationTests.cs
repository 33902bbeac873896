using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class ClassificationTests
{
    // y and p of shared/golden/golden.py.
    static readonly ConfusionMatrix _golden = ConfusionMatrix.FromLabels([0, 1, 2, 2, 1, 0, 2, 1], [0, 2, 2, 1, 1, 0, 2, 0], 3);

    // One class is predicted for all: golden 'prf.macro.never_predicted'.
    static readonly ConfusionMatrix _neverPredicted = ConfusionMatrix.FromLabels([0, 1, 2], [0, 0, 0], 3);

    [Fact]
    public void Averages_are_those_of_scikit_learn()
    {
        // golden.json 'prf.macro', 'prf.weighted', 'prf.micro' (= accuracy), sklearn 1.2.1.
        Near(0.611111111111111, Classification.Macro(_golden, Classification.Precision));
        Near(0.6666666666666666, Classification.Macro(_golden, Classification.Recall));
        Near(0.6222222222222222, Classification.Macro(_golden, Classification.F1));
        Near(0.6041666666666666, Classification.Weighted(_golden, Classification.Precision));
        Near(0.625, Classification.Weighted(_golden, Classification.Recall));
        Near(0.6, Classification.Weighted(_golden, Classification.F1));
        Near(0.625, Classification.Accuracy(_golden));
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_no_precision_and_counts_as_0_in_the_average()
    {
        var precision = Classification.Precision(_neverPredicted, 1);
        Assert.False(precision.IsDefined);
        Assert.True(double.IsNaN(precision.Value));
        Assert.Equal("no row was predicted as the class", precision.Reason);
        Near(0, Classification.F1(_neverPredicted, 1));
        Near(0.1111111111111111, Classification.Macro(_neverPredicted, Classification.Precision));
        Near(0.3333333333333333, Classification.Macro(_neverPredicted, Classification.Recall));
        Near(0.16666666666666666, Classification.Macro(_neverPredicted, Classification.F1));
    }

    [Fact]
    public void A_class_that_does_not_occur_is_undefined_and_is_not_in_the_average()
    {
        var matrix = ConfusionMatrix.FromLabels([0, 0, 1], [0, 0, 1], 3);
        Assert.False(Classification.F1(matrix, 2).IsDefined);
        Assert.False(Classification.Recall(matrix, 2).IsDefined);
        Near(1, Classification.Macro(matrix, Classification.F1));
    }

    [Fact]
    public void A_class_that_is_only_predicted_is_in_the_macro_average() =>
        // sklearn 1.2.1: f1_score([0,0],[0,1],average='macro') = 1/3: classes 0 (2/3) and 1 (0).
        Near(1.0 / 3, Classification.Macro(ConfusionMatrix.FromLabels([0, 0], [0, 1], 2), Classification.F1));

    [Fact]
    public void No_rows_are_undefined_with_a_reason()
    {
        var empty = ConfusionMatrix.FromLabels([], [], 2);
        Assert.Equal("there are no rows to score", Classification.Accuracy(empty).Reason);
        Assert.False(Classification.Macro(empty, Classification.F1).IsDefined);
        Assert.False(Classification.Weighted(empty, Classification.F1).IsDefined);
    }

    // 1e-15: the same divisions in another order.
    static void Near(double expected, MetricValue actual)
    {
        Assert.Null(actual.Reason);
        Assert.Equal(expected, actual.Value, 1e-15);
    }
}
