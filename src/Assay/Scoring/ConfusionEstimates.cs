using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The estimates that a confusion matrix is enough for.</summary>
static class ConfusionEstimates
{
    static readonly string[] _perClass = ["precision", "recall", "f1"];

    public static Estimate Accuracy(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var matrix = predictions.Confusion();
        double[] hits = [.. predictions.Truth.Zip(predictions.Predicted, (truth, predicted) => truth == predicted ? 1.0 : 0.0)];
        var interval = RowBootstrap.OfShare(hits, predictions, options, cancellationToken);
        return ClassificationEstimates.Make("accuracy", Classification.Accuracy(matrix), interval, predictions);
    }

    /// <summary>A metric of the whole matrix, or of the positive class of two.</summary>
    public static Estimate OfMatrix(string name, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) => name switch
    {
        "balanced_accuracy" => Average(name, matrix => Classification.BalancedAccuracy(matrix), predictions, predictions.Confusion(), options, cancellationToken),
        "balanced_accuracy/adjusted" => Average(name, matrix => Classification.BalancedAccuracy(matrix, adjusted: true), predictions, predictions.Confusion(), options, cancellationToken),
        "zero_one_loss" => Average(name, Classification.ZeroOneLoss, predictions, predictions.Confusion(), options, cancellationToken),
        "mcc" => Average(name, Classification.Matthews, predictions, predictions.Confusion(), options, cancellationToken),
        "kappa" => Average(name, matrix => Classification.CohenKappa(matrix), predictions, predictions.Confusion(), options, cancellationToken),
        _ when name.StartsWith("kappa", StringComparison.Ordinal) => Whole(
            name, matrix => Classification.CohenKappa(matrix, name == "kappa/linear" ? KappaWeights.Linear : KappaWeights.Quadratic), predictions, predictions.Confusion(), options, cancellationToken),
        _ when predictions.Classes.Length == 2 => OfClass(name, name, predictions.Confusion(), predictions.Positive, predictions, options, cancellationToken),
        _ => ClassificationEstimates.Make(name, MetricValue.Undefined("it is of two classes only"), null, predictions),
    };

    /// <summary>The positive class of two, macro, weighted.</summary>
    public static IEnumerable<Estimate> Averages(
        string metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var matrix = predictions.Confusion();
        if (predictions.Classes.Length == 2)
        {
            yield return OfClass(metric, metric, matrix, predictions.Positive, predictions, options, cancellationToken);
        }

        yield return Macro(metric, predictions, matrix, options, cancellationToken);
        yield return Average($"{metric}/weighted", m => Classification.Weighted(m, PerClassMetric(metric)), predictions, matrix, options, cancellationToken);
    }

    public static Estimate Macro(
        string metric, ClassPredictions predictions, ConfusionMatrix matrix, EstimateOptions options, CancellationToken cancellationToken) =>
        Average($"{metric}/macro", m => Classification.Macro(m, PerClassMetric(metric)), predictions, matrix, options, cancellationToken);

    public static IEnumerable<Estimate> PerClass(
        ClassPredictions predictions, string target, EstimateOptions options, CancellationToken cancellationToken)
    {
        var matrix = predictions.Confusion();
        return Enumerable.Range(0, matrix.Classes).SelectMany(label => _perClass.Select(metric =>
            OfClass(metric, $"{metric}/class", matrix, label, predictions, options, cancellationToken) with
            {
                N = Denominator(metric, matrix, label),
                Slice = new Dictionary<string, string> { [target] = predictions.Classes[label] },
            }));
    }

    // Merging cells of a multinomial draw gives the multinomial draw of the merged cells, so four cells are enough for one class.
    static Estimate OfClass(
        string metric, string name, ConfusionMatrix matrix, int label, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var perClass = PerClassMetric(metric);
        var against = matrix.OneVsRest(label);
        var interval = predictions.ArePlain
            ? Resampled(against, table => perClass(table, 1), options, cancellationToken)
            : RowBootstrap.Interval(predictions, rows => perClass(rows.Confusion(), label).Value, options, cancellationToken);
        return ClassificationEstimates.Make(name, perClass(against, 1), interval, predictions);
    }

    // A class that does not occur must not enter through the prior of a degenerate table.
    static Estimate Average(
        string name, Func<ConfusionMatrix, MetricValue> average, ClassPredictions predictions, ConfusionMatrix matrix, EstimateOptions options, CancellationToken cancellationToken)
    {
        var value = average(matrix);
        return matrix.OfPresentClasses() is { } present && predictions.ArePlain
            ? ClassificationEstimates.Make(name, value, Resampled(present, average, options, cancellationToken), predictions)
            : Whole(name, average, predictions, matrix, options, cancellationToken);
    }

    // All classes, where the distance of classes counts.
    static Estimate Whole(
        string name, Func<ConfusionMatrix, MetricValue> metric, ClassPredictions predictions, ConfusionMatrix matrix, EstimateOptions options, CancellationToken cancellationToken)
    {
        var interval = predictions.ArePlain
            ? Resampled(matrix, metric, options, cancellationToken)
            : RowBootstrap.Interval(predictions, rows => metric(rows.Confusion()).Value, options, cancellationToken);
        return ClassificationEstimates.Make(name, metric(matrix), interval, predictions);
    }

    static Interval? Resampled(ConfusionMatrix matrix, Func<ConfusionMatrix, MetricValue> metric, EstimateOptions options, CancellationToken cancellationToken) =>
        MultinomialBootstrap.Interval(matrix.Cells, cells => metric(ConfusionMatrix.FromCells(cells, matrix.Classes)).Value, Resampling(options), cancellationToken);

    static BootstrapOptions Resampling(EstimateOptions options) => new() { Seed = options.Seed, Rounds = options.Rounds };

    static Func<ConfusionMatrix, int, MetricValue> PerClassMetric(string metric) => metric switch
    {
        "precision" => Classification.Precision,
        "recall" => Classification.Recall,
        "f05" => (matrix, label) => Classification.FBeta(matrix, label, 0.5),
        "f2" => (matrix, label) => Classification.FBeta(matrix, label, 2),
        "jaccard" => Classification.Jaccard,
        "specificity" => Classification.Specificity,
        "npv" => Classification.NegativePredictiveValue,
        "youden" => Classification.Youden,
        "likelihood_ratio/positive" => Classification.PositiveLikelihoodRatio,
        "likelihood_ratio/negative" => Classification.NegativeLikelihoodRatio,
        _ => Classification.F1,
    };

    static long Denominator(string metric, ConfusionMatrix matrix, int label) => metric switch
    {
        "precision" => matrix.PredictedAs(label),
        "recall" => matrix.TrueOf(label),
        _ => matrix.TrueOf(label) + matrix.PredictedAs(label) - matrix.TruePositives(label),
    };
}
