namespace Assay.Metrics;

/// <summary>
/// Metrics of predicted classes, all from one confusion matrix. Definitions of scikit-learn 1.4 and later:
/// F1 = 2 tp / (rows of the class + rows predicted as it), so it is undefined only when the class occurs on neither side.
/// </summary>
public static partial class Classification
{
    const string NoRows = "there are no rows to score";

    /// <summary>Rows predicted as their class / rows.</summary>
    public static MetricValue Accuracy(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(Hits(matrix), matrix.TotalWeight, NoRows);
    }

    /// <summary>Rows not predicted as their class / rows: the zero-one loss, and for one label per row the Hamming loss too.</summary>
    public static MetricValue ZeroOneLoss(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return MetricValue.Ratio(matrix.TotalWeight - Hits(matrix), matrix.TotalWeight, NoRows);
    }

    /// <summary>
    /// The mean recall of the classes that occur in the truth. Adjusted: 0 for guessing, 1 at best, (value - 1/k) / (1 - 1/k) of k classes;
    /// undefined for one class.
    /// </summary>
    public static MetricValue BalancedAccuracy(ConfusionMatrix matrix, bool adjusted = false)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (sum, kept) = (0.0, 0);
        for (var label = 0; label < matrix.Classes; label++)
        {
            var recall = Recall(matrix, label);
            sum += recall.IsDefined ? recall.Value : 0;
            kept += recall.IsDefined ? 1 : 0;
        }

        var balanced = MetricValue.Ratio(sum, kept, NoRows);
        return !adjusted || !balanced.IsDefined ? balanced
            : kept < 2 ? MetricValue.Undefined("the truth has one class only, so guessing is always right")
            : MetricValue.Of((balanced.Value - (1.0 / kept)) / (1 - (1.0 / kept)));
    }

    /// <summary>
    /// Matthews' correlation of truth and prediction, in [-1, 1], for any number of classes (Gorodkin 2004). Undefined when either has one
    /// class only; scikit-learn gives 0 there (<see cref="MetricValue.Or"/> with <see cref="ZeroDivision.Zero"/>).
    /// </summary>
    public static MetricValue Matthews(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var total = matrix.TotalWeight;
        double both = 0, predictedSquares = 0, trueSquares = 0;
        for (var label = 0; label < matrix.Classes; label++)
        {
            var (truth, predicted) = (matrix.WeightOf(label), matrix.WeightPredictedAs(label));
            both += truth * predicted;
            predictedSquares += predicted * predicted;
            trueSquares += truth * truth;
        }

        var product = ((total * total) - predictedSquares) * ((total * total) - trueSquares);
        return total > 0
            ? MetricValue.Ratio((Hits(matrix) * total) - both, Math.Sqrt(Math.Max(0, product)), "all rows are of one class, or all were predicted as one")
            : MetricValue.Undefined(NoRows);
    }

    /// <summary>
    /// Cohen's kappa: 1 - observed disagreement / that expected by chance. Undefined when both sides name one and the same class only.
    /// </summary>
    /// <param name="matrix">What was counted; weighted kappas use the order of its classes.</param>
    /// <param name="weights">How much a disagreement weighs.</param>
    public static MetricValue CohenKappa(ConfusionMatrix matrix, KappaWeights weights = KappaWeights.None)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var total = matrix.TotalWeight;
        if (!(total > 0))
        {
            return MetricValue.Undefined(NoRows);
        }

        double observed = 0, expected = 0;
        for (var truth = 0; truth < matrix.Classes; truth++)
        {
            for (var predicted = 0; predicted < matrix.Classes; predicted++)
            {
                var distance = (double)Math.Abs(truth - predicted);
                var cost = weights == KappaWeights.Linear ? distance : weights == KappaWeights.Quadratic ? distance * distance : Math.Min(distance, 1);
                observed += cost * matrix.Weight(truth, predicted);
                expected += cost * matrix.WeightOf(truth) * matrix.WeightPredictedAs(predicted) / total;
            }
        }

        return expected > 0
            ? MetricValue.Of(1 - (observed / expected))
            : MetricValue.Undefined("both sides name one class only, so no disagreement is expected");
    }

    /// <summary>
    /// The plain mean over the classes that occur in the truth or in the predictions.
    /// </summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="perClass"><see cref="Precision"/>, <see cref="Recall"/>, <see cref="F1"/> or another metric of one class.</param>
    /// <param name="zeroDivision">What the undefined value of a class counts as; by default 0, as in scikit-learn.</param>
    public static MetricValue Macro(
        ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass, ZeroDivision zeroDivision = ZeroDivision.Zero) =>
        Average(matrix, perClass, zeroDivision, label => matrix.IsPresent(label) ? 1 : 0);

    /// <summary>The mean over the classes weighted by their rows in the truth.</summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="perClass">As in <see cref="Macro"/>.</param>
    /// <param name="zeroDivision">As in <see cref="Macro"/>.</param>
    public static MetricValue Weighted(
        ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass, ZeroDivision zeroDivision = ZeroDivision.Zero) =>
        Average(matrix, perClass, zeroDivision, matrix.WeightOf);

    /// <summary>
    /// The metric of the hits and errors of all classes added up. With one label per row, precision, recall and F1 all become the
    /// accuracy.
    /// </summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="perClass">As in <see cref="Macro"/>.</param>
    public static MetricValue Micro(ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(perClass);
        return perClass(matrix.Pooled(), 1);
    }

    static double Hits(ConfusionMatrix matrix)
    {
        var hits = 0.0;
        for (var label = 0; label < matrix.Classes; label++)
        {
            hits += matrix.Weight(label, label);
        }

        return hits;
    }

    static MetricValue Average(
        ConfusionMatrix matrix, Func<ConfusionMatrix, int, MetricValue> perClass, ZeroDivision zeroDivision, Func<int, double> weightOf)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(perClass);
        double sum = 0, weights = 0;
        for (var label = 0; label < matrix.Classes; label++)
        {
            var weight = weightOf(label);
            var value = weight > 0 ? perClass(matrix, label).Or(zeroDivision) : default;
            sum += value.IsDefined ? weight * value.Value : 0;
            weights += value.IsDefined ? weight : 0;
        }

        return MetricValue.Ratio(sum, weights, matrix.N == 0 ? NoRows : "the metric is undefined for every class");
    }
}
