using System.Collections.Immutable;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Judges the fitted models, in process, on rows they have not seen.</summary>
static class EvaluateStage
{
    public static async Task<Tested> RunAsync(
        Spec spec, RunServices services, ReportBuilder report, Recorder recorder, PreparedTable data, TrainedParts trained, CancellationToken cancellationToken)
    {
        var tested = await PredictAsync(data, trained.Parts, cancellationToken).ConfigureAwait(false);
        var once = tested.OncePerRow();
        report.Evaluation = once.Outputs is TestedClasses classes ? EvaluationSections.Of(classes.Predictions) : null;
        report.Residuals = once.Outputs is TestedNumbers numbers ? EvaluationSections.Of(numbers, i => data.Id(once.Rows[i])) : [];

        report.Add(await JudgeAsync(spec, recorder, data, trained, tested, "evaluate", cancellationToken).ConfigureAwait(false));
        if (!trained.Inner.IsEmpty)
        {
            var inner = await PredictAsync(data, trained.Inner, cancellationToken).ConfigureAwait(false);
            report.Add(await JudgeAsync(spec, recorder, data, trained, inner, "train", cancellationToken).ConfigureAwait(false));
            report.Add(FoldMeans(spec, report, data, trained, inner, "train"));
        }
        else if (!trained.Folds.IsEmpty)
        {
            report.Add(FoldMeans(spec, report, data, trained, tested, "evaluate"));
        }

        if (spec.Training.Baseline && spec.Model!.Name != Baseline.Of(data.Target.Kind).Name)
        {
            Baseline.Compare(spec, report, data, trained, tested, await Baseline.RunAsync(spec, services, data, trained, cancellationToken).ConfigureAwait(false), cancellationToken);
        }

        return tested;
    }

    /// <summary>Seed of the resampling: the same for every stage, so that equal predictions have equal intervals.</summary>
    public static EstimateOptions Options(Spec spec) => new() { Seed = new SeededRandom(spec.Seed).Derive(5).NextUInt64() };

    public static Task<Tested> PredictAsync(PreparedTable data, ImmutableArray<TrainedPart> parts, CancellationToken cancellationToken) =>
        Tested.PredictAsync(data, parts, part => part.Model.PredictAsync(data.Table.Select(part.Split.Test), cancellationToken));

    /// <summary>Keeps the records of a stage and estimates its metrics.</summary>
    public static async Task<IEnumerable<Estimate>> JudgeAsync(
        Spec spec, Recorder recorder, PreparedTable data, TrainedParts trained, Tested tested, string stage, CancellationToken cancellationToken)
    {
        foreach (var record in tested.Records(data, stage, trained.Name, spec.Slices))
        {
            await recorder.AddAsync(record, cancellationToken).ConfigureAwait(false);
        }

        return tested.Outputs.Estimate(TableMetrics.Of(spec, data.Target.Kind), Options(spec), cancellationToken)
            .Select(estimate => estimate with { Stage = stage, Model = trained.Name });
    }

    // The mean over folds with the corrected resampled t interval: folds share training rows, so the naive one is too narrow.
    static IEnumerable<Estimate> FoldMeans(Spec spec, ReportBuilder report, PreparedTable data, TrainedParts trained, Tested tested, string stage)
    {
        var metrics = TableMetrics.Of(spec, data.Target.Kind);
        var folds = trained.Folds.Select(part => (
            Part: part,
            Estimates: tested.OfFold(part.Fold!.Value).Estimate(metrics, Options(spec), CancellationToken.None).Where(estimate => estimate.Slice is null).ToList())).ToList();
        report.Training = report.Training! with
        {
            Folds = [.. folds.Select(fold => new FoldSection(
                fold.Part.Fold!.Value, fold.Part.Split.Train.Length, fold.Part.Split.Test.Length, fold.Estimates.ToImmutableSortedDictionary(x => x.Metric, x => x.Value)))],
        };
        var testShare = folds.Average(fold => (double)fold.Part.Split.Test.Length / fold.Part.Split.Train.Length);
        return FoldMeans([.. folds.Select(fold => fold.Estimates)], testShare).Select(estimate => estimate with { Stage = stage, Model = trained.Name });
    }

    /// <summary>Of each metric the mean over the folds.</summary>
    /// <param name="folds">The same estimates of every fold.</param>
    /// <param name="testShare">Test rows over training rows.</param>
    public static IEnumerable<Estimate> FoldMeans(IReadOnlyList<List<Estimate>> folds, double testShare) => folds[0].Select(estimate =>
        FoldMean(estimate, [.. folds.Select(fold => fold.First(x => x.Metric == estimate.Metric).Value).OfType<double>()], folds.Count, testShare));

    static Estimate FoldMean(Estimate estimate, double[] values, int folds, double testShare)
    {
        var mean = new Estimate
        {
            Metric = $"{estimate.Metric}/fold_mean",
            Definition = $"{estimate.Definition}/fold_mean",
            N = values.Length,
            Excluded = folds - values.Length,
            Value = values.Length == 0 ? null : values.Average(),
            Reason = values.Length == folds ? null : $"undefined in {folds - values.Length} of {folds} folds",
        };
        var test = CorrectedResampledT.Test(values, testShare);
        return test.Interval is { } interval ? mean.With(interval) : mean with { Reason = mean.Reason ?? test.Reason };
    }
}
