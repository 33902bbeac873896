using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Tuning;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>Searches hyper-parameters by cross-validation and says whether the best differs from the default, or only looks so.</summary>
static class OptimiseStage
{
    public static async Task<OptimiseSection> RunAsync(
        Spec spec, OptimiseSpec optimise, RunServices services, ReportBuilder report, PreparedTable data, TableSplits splits, CancellationToken cancellationToken)
    {
        if (FoldMetric.Problem(optimise.Metric, data.Target.Kind) is { } problem)
        {
            throw new UserErrorException(problem);
        }

        var random = new SeededRandom(spec.Seed).Derive(6);
        var folds = TableSplits.FoldsOf(splits.SearchRows(data.Table.RowCount), data, spec.Method, optimise.Folds, random.NextUInt64());
        var training = TrainStage.Options(spec, data);
        var options = optimise.Study with
        {
            Seed = random.NextUInt64(),
            Default = ModelMapping.Standard.Default(training.Model, optimise.Study.Space),
            Subject = services.StudyJournal is null ? "" : Subject(spec, optimise, report.DataHash!),
        };
        var done = 0;
        var study = await Study.RunAsync(
            options,
            (trial, token) => ValueTask.FromResult(Evaluate(trial, training, optimise.Metric, data, folds, token)),
            services.Workers,
            services.StudyJournal,
            new DirectProgress<Trial>(_ => Tell(services, Interlocked.Increment(ref done), options.Trials)),
            cancellationToken).ConfigureAwait(false);
        var section = OptimiseReport.Describe(optimise, study, folds);
        report.Optimise = section;
        report.Find("advice", section.Conclusion);
        return section;
    }

    // The score of a setting is its mean over the folds, which are the same for all, as are their seeds: trials are paired.
    static double Evaluate(TrialContext trial, TrainingOptions training, string metric, PreparedTable data, ImmutableArray<Split> folds, CancellationToken cancellationToken)
    {
        var options = training with { Model = ModelMapping.Standard.Apply(training.Model, trial.Parameters) };
        var sum = 0.0;
        for (var i = 0; i < folds.Length; i++)
        {
            var fold = CrossValidation.Fold(data.Table, folds[i], i + 1, options, cancellationToken);
            if (fold.Training.History.StoppedBecause is { } reason)
            {
                throw new UserErrorException($"training of fold {i + 1} ended early: {reason}");
            }

            var score = FoldMetric.Of(metric, data.Target, fold);
            sum += score;
            if (trial.Score(score))
            {
                break;
            }
        }

        return sum / folds.Length;
    }

    static void Tell(RunServices services, int done, int trials) =>
        services.Progress?.Report(new RunProgress("optimise", $"{done} of {trials} trials", (double)done / trials));

    // A journal goes on only with the same spec and the same data.
    static string Subject(Spec spec, OptimiseSpec optimise, string dataHash)
    {
        var source = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(spec.Source)));
        return $"{optimise.Metric} over {optimise.Folds} folds of {spec.Data!.Path} (sha256 {dataHash}), spec {spec.Name} (sha256 {source})";
    }
}
