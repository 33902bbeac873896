using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The estimates that a confusion matrix is enough for.</summary>
static class ConfusionEstimates
{
    static readonly string[] _perClass = ["precision", "recall", "f1"];

    public static Estimate Accuracy(ClassPredictions predictions)
    {
        var hits = 0L;
        for (var row = 0; row < predictions.N; row++)
        {
            hits += predictions.Predicted[row] == predictions.Truth[row] ? 1 : 0;
        }

        return ClassificationEstimates.Make(
            "accuracy", Classification.Accuracy(predictions.Confusion()), Wilson.Interval(hits, predictions.N), predictions);
    }

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
        var against = matrix.OneVersusRest(label);
        var interval = MultinomialBootstrap.Interval(
            against.Cells, cells => perClass(ConfusionMatrix.FromCells(cells, 2), 1).Value, Resampling(options), cancellationToken);
        return ClassificationEstimates.Make(name, perClass(against, 1), interval, predictions);
    }

    static Estimate Average(
        string name,
        Func<ConfusionMatrix, MetricValue> average,
        ClassPredictions predictions,
        ConfusionMatrix matrix,
        EstimateOptions options,
        CancellationToken cancellationToken)
    {
        // A class that does not occur must not enter through the prior of a degenerate table.
        var present = matrix.OfPresentClasses();
        var interval = present is null ? null : MultinomialBootstrap.Interval(
            present.Cells, cells => average(ConfusionMatrix.FromCells(cells, present.Classes)).Value, Resampling(options), cancellationToken);
        return ClassificationEstimates.Make(name, average(matrix), interval, predictions);
    }

    static BootstrapOptions Resampling(EstimateOptions options) => new() { Seed = options.Seed, Rounds = options.Rounds };

    static Func<ConfusionMatrix, int, MetricValue> PerClassMetric(string metric) => metric switch
    {
        "precision" => Classification.Precision,
        "recall" => Classification.Recall,
        _ => Classification.F1,
    };

    static long Denominator(string metric, ConfusionMatrix matrix, int label) => metric switch
    {
        "precision" => matrix.PredictedAs(label),
        "recall" => matrix.TrueOf(label),
        _ => matrix.TrueOf(label) + matrix.PredictedAs(label) - matrix.TruePositives(label),
    };
}
