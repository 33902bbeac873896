namespace Assay.Metrics;

/// <content>Metrics of one class against all others.</content>
public static partial class Classification
{
    /// <summary>Of the rows predicted as the class, the share that is of it; undefined when none was.</summary>
    public static MetricValue Precision(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(matrix.Weight(label, label), matrix.WeightPredictedAs(label), "no row was predicted as the class");
    }

    /// <summary>Of the rows of the class, the share that was predicted as it; undefined when there is none.</summary>
    public static MetricValue Recall(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(matrix.Weight(label, label), matrix.WeightOf(label), "no row is of the class");
    }

    /// <summary>The harmonic mean of precision and recall; 0 when the class occurs but was never hit, undefined when it does not occur.</summary>
    public static MetricValue F1(ConfusionMatrix matrix, int label) => FBeta(matrix, label, 1);

    /// <summary>
    /// (1 + b²) tp / (b² · rows of the class + rows predicted as it): recall counts b times as much as precision. Undefined when the class
    /// occurs on neither side.
    /// </summary>
    public static MetricValue FBeta(ConfusionMatrix matrix, int label, double beta)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var square = beta * beta;
        return MetricValue.Ratio(
            (1 + square) * matrix.Weight(label, label),
            (square * matrix.WeightOf(label)) + matrix.WeightPredictedAs(label),
            "no row is of the class or was predicted as it");
    }

    /// <summary>tp / (tp + fp + fn); undefined when the class occurs on neither side.</summary>
    public static MetricValue Jaccard(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var hits = matrix.Weight(label, label);
        return MetricValue.Ratio(hits, matrix.WeightOf(label) + matrix.WeightPredictedAs(label) - hits, "no row is of the class or was predicted as it");
    }

    /// <summary>Of the rows not of the class, the share that was not predicted as it (true negative rate); undefined when there is none.</summary>
    public static MetricValue Specificity(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(TrueNegatives(matrix, label), matrix.TotalWeight - matrix.WeightOf(label), "every row is of the class");
    }

    /// <summary>Of the rows not predicted as the class, the share that is not of it; undefined when every row was.</summary>
    public static MetricValue NegativePredictiveValue(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(TrueNegatives(matrix, label), matrix.TotalWeight - matrix.WeightPredictedAs(label), "every row was predicted as the class");
    }

    /// <summary>Youden's J: recall + specificity - 1, in [-1, 1]; undefined when either is.</summary>
    public static MetricValue Youden(ConfusionMatrix matrix, int label) =>
        Both(Recall(matrix, label), Specificity(matrix, label), (recall, specificity) => MetricValue.Of(recall + specificity - 1));

    /// <summary>Recall / (1 - specificity): how many times the odds of the class rise when it is predicted. Undefined without false positives.</summary>
    public static MetricValue PositiveLikelihoodRatio(ConfusionMatrix matrix, int label) =>
        Both(Recall(matrix, label), Specificity(matrix, label), (recall, specificity) => MetricValue.Ratio(recall, 1 - specificity, "there are no false positives"));

    /// <summary>(1 - recall) / specificity: what the odds of the class are multiplied by when it is not predicted. Undefined without true negatives.</summary>
    public static MetricValue NegativeLikelihoodRatio(ConfusionMatrix matrix, int label) =>
        Both(Recall(matrix, label), Specificity(matrix, label), (recall, specificity) => MetricValue.Ratio(1 - recall, specificity, "there are no true negatives"));

    static double TrueNegatives(ConfusionMatrix matrix, int label) =>
        matrix.TotalWeight - matrix.WeightOf(label) - matrix.WeightPredictedAs(label) + matrix.Weight(label, label);

    static MetricValue Both(MetricValue first, MetricValue second, Func<double, double, MetricValue> combine) =>
        !first.IsDefined ? first : !second.IsDefined ? second : combine(first.Value, second.Value);
}
