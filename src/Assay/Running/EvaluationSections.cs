using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>What reports draw of an evaluation.</summary>
static class EvaluationSections
{
    const int CurvePoints = 200;
    const int CalibrationBins = 10;
    const int ScatterPoints = 400;
    const int WorstRows = 10;

    static readonly ImmutableArray<double> _shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    public static EvaluationSection Of(ClassPredictions predictions)
    {
        var classes = predictions.Classes;
        var matrix = predictions.Confusion();
        var (confidences, outcomes) = predictions.Confidences();
        var curves = classes.Length == 2 ? [predictions.Positive] : Enumerable.Range(0, classes.Length);
        return new EvaluationSection(
            classes,
            [.. Enumerable.Range(0, classes.Length).Select(truth => Enumerable.Range(0, classes.Length).Select(predicted => matrix[truth, predicted]).ToImmutableArray())],
            [.. curves.Select(label => Roc(predictions, label))],
            [.. Calibration.Bins(confidences, outcomes, CalibrationBins).Where(bin => bin.Count > 0).Select(Describe)]);
    }

    /// <summary>One per target.</summary>
    public static ImmutableArray<ResidualSection> Of(TestedNumbers tested, Func<int, string> id) =>
        [.. tested.Targets.Zip(tested.Predictions, (name, target) => Of(name, target, id))];

    static ResidualSection Of(string name, NumberPredictions target, Func<int, string> id)
    {
        var rows = Enumerable.Range(0, target.N).Where(row => double.IsFinite(target.Predicted[row])).ToArray();
        double[] ascending = [.. rows.Select(row => target.Predicted[row] - target.Truth[row]).Order()];
        var step = Math.Max(1, (rows.Length + ScatterPoints - 1) / ScatterPoints);
        return new ResidualSection(
            name,
            [.. rows.Where((_, i) => i % step == 0).Select(row => new CurvePoint(target.Truth[row], target.Predicted[row]))],
            [.. _shares.Where(_ => ascending.Length > 0).Select(share => new ErrorQuantile(share, Quantile(ascending, share)))],
            [.. rows.OrderByDescending(row => Math.Abs(target.Predicted[row] - target.Truth[row])).Take(WorstRows)
                .Select(row => new WorstRow(id(row), target.Truth[row], target.Predicted[row]))]);
    }

    // Linear between the two values around it.
    static double Quantile(double[] ascending, double share)
    {
        var at = share * (ascending.Length - 1);
        var below = (int)at;
        return below + 1 < ascending.Length ? ascending[below] + ((at - below) * (ascending[below + 1] - ascending[below])) : ascending[below];
    }

    static RocSection Roc(ClassPredictions predictions, int label)
    {
        var (scores, positives) = predictions.Against(label);
        var auc = RocAuc.Binary(scores, positives);
        return new RocSection(
            predictions.Classes[label],
            auc.IsDefined ? auc.Value : null,
            auc.IsDefined ? [.. RocCurve.Compute(scores, positives, CurvePoints).Select(point => new CurvePoint(point.FalsePositiveRate, point.TruePositiveRate))] : []);
    }

    static CalibrationSection Describe(CalibrationBin bin)
    {
        var interval = Wilson.Interval((long)Math.Round(bin.ObservedRate!.Value * bin.Count), bin.Count);
        return new CalibrationSection(bin.Low, bin.High, bin.Count, bin.MeanPredicted!.Value, bin.ObservedRate.Value, interval.Low, interval.High);
    }
}
