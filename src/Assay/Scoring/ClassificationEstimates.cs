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
        ["accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "loss", "brier", "ece"];

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
        var estimate = new Estimate { Metric = metric, Definition = metric, N = predictions.N, Excluded = predictions.Excluded };
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
            "accuracy" => [ConfusionEstimates.Accuracy(predictions)],
            "precision" or "recall" or "f1" => ConfusionEstimates.Averages(metric, predictions, options, cancellationToken),
            "roc_auc" => [ProbabilityEstimates.RocAuc(predictions, options, cancellationToken)],
            "log_loss" => [ProbabilityEstimates.LogLoss(metric, LogLoss.Float32Epsilon, predictions)],
            "loss" => [ProbabilityEstimates.LogLoss(metric, LogLoss.KerasEpsilon, predictions)],
            "brier" => [ProbabilityEstimates.Brier(predictions)],
            "ece" => [ProbabilityEstimates.ExpectedCalibrationError(predictions, options, cancellationToken)],
            _ => throw new UserErrorException(
                $"metrics: '{metric}' is not a metric of a classifier.{NearestName.Hint(metric, Known)} Known: {string.Join(", ", Known)}."),
        };
}
