using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The metrics of a classifier, each with its interval. Undefined ones are null with a reason; nothing here is NaN.</summary>
public static class ClassificationEstimates
{
    const string NoInterval = "no interval: the resamples do not vary, or there are too few rows";

    /// <summary>The names a spec may ask for.</summary>
    public static ImmutableArray<string> Known { get; } =
    [
        "accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "loss", "brier", "ece",
        "balanced_accuracy", "zero_one_loss", "mcc", "kappa", "f05", "f2", "jaccard", "specificity", "npv", "youden", "likelihood_ratio",
        "average_precision", "ks", "roc_auc_ovo", "top_2_accuracy", "top_3_accuracy", "top_5_accuracy", "ece_equal_mass", "ece_class_wise", "mce",
        "d2_log_loss", "d2_brier",
    ];

    /// <summary>The names of the estimates that a metric of <see cref="Known"/> may become.</summary>
    public static ImmutableArray<string> NamesOf(string metric) => metric switch
    {
        "precision" or "recall" or "f1" or "f05" or "f2" or "jaccard" or "specificity" or "npv" or "youden" => [metric, $"{metric}/macro", $"{metric}/weighted"],
        "likelihood_ratio" => ["likelihood_ratio/positive", "likelihood_ratio/negative"],
        "kappa" => ["kappa", "kappa/linear", "kappa/quadratic"],
        "balanced_accuracy" => ["balanced_accuracy", "balanced_accuracy/adjusted"],
        "roc_auc" => ["roc_auc", "roc_auc/ovr"],
        "roc_auc_ovo" => ["roc_auc/ovo"],
        "average_precision" => ["average_precision", "average_precision/ovr"],
        "ece_equal_mass" => ["ece/equal_mass"],
        "ece_class_wise" => ["ece/class_wise"],
        _ => [metric],
    };

    /// <summary>
    /// In the order asked for. <c>precision</c>, <c>recall</c> and <c>f1</c> become <c>f1</c> (the positive class, two classes only),
    /// <c>f1/macro</c> and <c>f1/weighted</c>; <c>roc_auc</c> of more than two classes becomes <c>roc_auc/ovr</c>. <c>loss</c> is the
    /// cross-entropy with Keras's clip, <c>log_loss</c> the same with scikit-learn's.
    /// </summary>
    /// <param name="predictions">What to score.</param>
    /// <param name="metrics">Of <see cref="Known"/>.</param>
    /// <param name="options">Seed and rounds.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">A metric is not known.</exception>
    public static ImmutableArray<Estimate> Compute(
        ClassPredictions predictions, IReadOnlyList<string> metrics, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(options);
        return Checked(metrics.SelectMany(metric => Expand(metric, predictions, options, cancellationToken)), predictions.Defect());
    }

    /// <summary>
    /// <c>precision/class</c>, <c>recall/class</c> and <c>f1/class</c> of each class, with the slice { target: class }; n is the number
    /// of rows in the denominator.
    /// </summary>
    /// <param name="predictions">What to score.</param>
    /// <param name="target">The name of the target column.</param>
    /// <param name="options">Seed and rounds.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static ImmutableArray<Estimate> PerClass(
        ClassPredictions predictions, string target, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(options);
        return Checked(ConfusionEstimates.PerClass(predictions, target, options, cancellationToken), predictions.Defect());
    }

    internal static Estimate Make(string metric, MetricValue value, Interval? interval, ClassPredictions predictions)
    {
        var estimate = new Estimate { Metric = metric, Definition = metric, N = predictions.RowCount, Excluded = predictions.Excluded };
        if (!double.IsFinite(value.Value))
        {
            return estimate with { Reason = value.Reason ?? "not a finite number" };
        }

        estimate = estimate with { Value = value.Value };

        // The interval may have summed in another order than the value: rounding must not leave the value outside.
        return interval is { } found && double.IsFinite(found.Low) && double.IsFinite(found.High)
            ? estimate.With(found with { Low = Math.Min(found.Low, value.Value), High = Math.Max(found.High, value.Value) })
            : estimate with { Reason = NoInterval };
    }

    internal static ImmutableArray<Estimate> Checked(IEnumerable<Estimate> estimates, string? defect) => defect is null
        ? [.. estimates]
        : [.. estimates.Select(estimate => estimate with { Value = null, Low = null, High = null, Method = null, Reason = defect })];

    static IEnumerable<Estimate> Expand(
        string metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) => metric switch
        {
            "accuracy" => [ConfusionEstimates.Accuracy(predictions, options, cancellationToken)],
            "precision" or "recall" or "f1" or "f05" or "f2" or "jaccard" or "specificity" or "npv" or "youden" =>
                ConfusionEstimates.Averages(metric, predictions, options, cancellationToken),
            "balanced_accuracy" or "zero_one_loss" or "mcc" or "kappa" or "likelihood_ratio" =>
                NamesOf(metric).Select(name => ConfusionEstimates.OfMatrix(name, predictions, options, cancellationToken)),
            "average_precision" or "ks" => [RankingEstimates.OfRanking(metric, predictions, options, cancellationToken)],
            "roc_auc_ovo" => [RankingEstimates.OneVsOne(predictions, options, cancellationToken)],
            "top_2_accuracy" or "top_3_accuracy" or "top_5_accuracy" => [RankingEstimates.TopK(metric, metric[4] - '0', predictions, options, cancellationToken)],
            "ece_equal_mass" or "ece_class_wise" or "mce" =>
                [CalibrationEstimates.Of(NamesOf(metric)[0], predictions, options, cancellationToken)],
            "roc_auc" => [ProbabilityEstimates.RocAuc(predictions, options, cancellationToken)],
            "log_loss" => [ProbabilityEstimates.LogLoss(metric, LogLoss.Float32Epsilon, predictions, options, cancellationToken)],
            "loss" => [ProbabilityEstimates.LogLoss(metric, LogLoss.KerasEpsilon, predictions, options, cancellationToken)],
            "d2_log_loss" or "d2_brier" => [RankingEstimates.Explained(metric, predictions, options, cancellationToken)],
            "brier" => [ProbabilityEstimates.Brier(predictions, options, cancellationToken)],
            "ece" => [ProbabilityEstimates.ExpectedCalibrationError(predictions, options, cancellationToken)],
            _ => throw new UserErrorException(
                $"metrics: '{metric}' is not a metric of a classifier.{NearestName.Hint(metric, Known)} Known: {string.Join(", ", Known)}."),
        };
}
