using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>Calibration errors beside the plain expected one.</summary>
static class CalibrationEstimates
{
    public static Estimate Of(string name, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if ((predictions.ProbabilityDefect() ?? predictions.WeightDefect()) is { } defect)
        {
            return ClassificationEstimates.Make(name, MetricValue.Undefined(defect), null, predictions);
        }

        var value = Error(name, predictions);
        var interval = value.IsDefined ? RowBootstrap.Interval(predictions, rows => Error(name, rows).Value, options, cancellationToken) : null;
        return ClassificationEstimates.Make(name, value, interval, predictions);
    }

    static MetricValue Error(string name, ClassPredictions predictions)
    {
        if (name == "ece/class_wise")
        {
            return Calibration.ClassWiseError(predictions.Probabilities, predictions.Classes.Length, predictions.Truth);
        }

        var (confidences, outcomes) = predictions.Confidences();
        return name == "mce"
            ? Calibration.MaximumError(Calibration.Bins(confidences, outcomes))
            : Calibration.ExpectedError(Calibration.EqualMassBins(confidences, outcomes));
    }
}
