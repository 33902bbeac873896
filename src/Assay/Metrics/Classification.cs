namespace Assay.Metrics;

/// <summary>
/// Metrics of predicted classes, all from one confusion matrix. Definitions of scikit-learn 1.4 and later:
/// F1 = 2 tp / (rows of the class + rows predicted as it), so it is undefined only when the class occurs on neither side.
/// </summary>
public static class Classification
{
    const string NoRows = "there are no rows to score";

    /// <summary>Rows predicted as their class / rows.</summary>
    public static MetricValue Accuracy(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var hits = 0L;
        for (var label = 0; label < matrix.Classes; label++)
        {
            hits += matrix.TruePositives(label);
        }

        return MetricValue.Ratio(hits, matrix.N, NoRows);
    }

    /// <summary>Of the rows predicted as the class, the share that is of it; undefined when none was.</summary>
    public static MetricValue Precision(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(matrix.TruePositives(label), matrix.PredictedAs(label), "no row was predicted as the class");
    }

    /// <summary>Of the rows of the class, the share that was predicted as it; undefined when there is none.</summary>
    public static MetricValue Recall(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(matrix.TruePositives(label), matrix.TrueOf(label), "no row is of the class");
    }

    /// <summary>The harmonic mean of precision and recall; 0 when the class occurs but was never hit, undefined when it does not occur.</summary>
    public static MetricValue F1(ConfusionMatrix matrix, int label)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(
            2 * matrix.TruePositives(label),
            matrix.TrueOf(label) + matrix.PredictedAs(label),
            "no row is of the class or was predicted as it");
    }

    /// <summary>
    /// The plain mean over the classes that occur in the truth or in the predictions. A class whose value is undefined counts as 0,
    /// as in scikit-learn (<c>zero_division</c> at its default): a class that is never predicted lowers the precision.
    /// </summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="perClass"><see cref="Precision"/>, <see cref="Recall"/> or <see cref="F1"/>.</param>
    public static MetricValue Macro(ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass) =>
        Average(matrix, perClass, label => matrix.IsPresent(label) ? 1 : 0);

    /// <summary>The mean over the classes weighted by their rows in the truth; an undefined value counts as 0, as in <see cref="Macro"/>.</summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="perClass"><see cref="Precision"/>, <see cref="Recall"/> or <see cref="F1"/>.</param>
    public static MetricValue Weighted(ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass) =>
        Average(matrix, perClass, matrix.TrueOf);

    static MetricValue Average(ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass, Func<int, long> weightOf)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(perClass);
        var sum = 0.0;
        var weights = 0L;
        for (var label = 0; label < matrix.Classes; label++)
        {
            var weight = weightOf(label);
            var value = weight > 0 ? perClass(matrix, label) : default;
            sum += value.IsDefined ? weight * value.Value : 0;
            weights += weight;
        }

        return MetricValue.Ratio(sum, weights, NoRows);
    }
}
