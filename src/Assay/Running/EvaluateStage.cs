using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Judges the fitted models, in process, on rows they have not seen.</summary>
static class EvaluateStage
{
    const int CurvePoints = 200;
    const int CalibrationBins = 10;

    public static async Task<Tested> RunAsync(
        Spec spec, ReportBuilder report, Recorder recorder, PreparedTable data, TrainedParts trained, CancellationToken cancellationToken)
    {
        var tested = await PredictAsync(data, trained.Parts, cancellationToken).ConfigureAwait(false);
        report.Evaluation = Describe(tested.OncePerRow().Predictions);
        report.Add(await JudgeAsync(spec, recorder, data, trained, tested, "evaluate", cancellationToken).ConfigureAwait(false));
        if (!trained.Inner.IsEmpty)
        {
            var inner = await PredictAsync(data, trained.Inner, cancellationToken).ConfigureAwait(false);
            report.Add(await JudgeAsync(spec, recorder, data, trained, inner, "train", cancellationToken).ConfigureAwait(false));
            report.Add(FoldMeans(spec, report, trained, inner, "train"));
        }
        else if (!trained.Folds.IsEmpty)
        {
            report.Add(FoldMeans(spec, report, trained, tested, "evaluate"));
        }

        return tested;
    }

    /// <summary>Seed of the resampling: the same for every stage, so that equal predictions have equal intervals.</summary>
    public static EstimateOptions Options(Spec spec) => new() { Seed = new SeededRandom(spec.Seed).Derive(5).NextUInt64() };

    static Task<Tested> PredictAsync(PreparedTable data, ImmutableArray<TrainedPart> parts, CancellationToken cancellationToken) =>
        Tested.PredictAsync(data, parts, part => part.Model.PredictAsync(data.Table.Select(part.Split.Test), cancellationToken));

    /// <summary>Keeps the records of a stage and estimates its metrics.</summary>
    public static async Task<IEnumerable<Estimate>> JudgeAsync(
        Spec spec, Recorder recorder, PreparedTable data, TrainedParts trained, Tested tested, string stage, CancellationToken cancellationToken)
    {
        foreach (var record in tested.Records(data, stage, trained.Name, spec.Slices))
        {
            await recorder.AddAsync(record, cancellationToken).ConfigureAwait(false);
        }

        return ClassificationEstimates.Compute(tested.Predictions, spec.Metrics, Options(spec), cancellationToken)
            .Select(estimate => estimate with { Stage = stage, Model = trained.Name });
    }

    // The mean over folds with the corrected resampled t interval: folds share training rows, so the naive one is too narrow.
    static IEnumerable<Estimate> FoldMeans(Spec spec, ReportBuilder report, TrainedParts trained, Tested tested, string stage)
    {
        var folds = trained.Folds.Select(part => (Part: part, Estimates: ClassificationEstimates.Compute(tested.OfFold(part.Fold!.Value), spec.Metrics, Options(spec)))).ToList();
        report.Training = report.Training! with
        {
            Folds = [.. folds.Select(fold => new FoldSection(
                fold.Part.Fold!.Value, fold.Part.Split.Train.Length, fold.Part.Split.Test.Length, fold.Estimates.ToImmutableSortedDictionary(x => x.Metric, x => x.Value)))],
        };
        var testShare = folds.Average(fold => (double)fold.Part.Split.Test.Length / fold.Part.Split.Train.Length);
        return folds[0].Estimates.Select(estimate => FoldMean(
            estimate, stage, trained.Name, [.. folds.Select(fold => fold.Estimates.First(x => x.Metric == estimate.Metric).Value).OfType<double>()], folds.Count, testShare));
    }

    static Estimate FoldMean(Estimate estimate, string stage, string model, double[] values, int folds, double testShare)
    {
        var mean = new Estimate
        {
            Metric = $"{estimate.Metric}/fold_mean",
            Definition = $"{estimate.Definition}/fold_mean",
            N = values.Length,
            Excluded = folds - values.Length,
            Stage = stage,
            Model = model,
            Value = values.Length == 0 ? null : values.Average(),
            Reason = values.Length == folds ? null : $"undefined in {folds - values.Length} of {folds} folds",
        };
        var test = CorrectedResampledT.Test(values, testShare);
        return test.Interval is { } interval ? mean.With(interval) : mean with { Reason = mean.Reason ?? test.Reason };
    }

    static EvaluationSection Describe(ClassPredictions predictions)
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
