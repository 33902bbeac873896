using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Tuning;
using Assay.Metrics;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Searches hyper-parameters by cross-validation and says whether the best differs from the default, or only looks so.</summary>
static class OptimiseStage
{
    const double Level = 0.05;

    public static async Task<OptimiseSection> RunAsync(
        Spec spec, OptimiseSpec optimise, RunServices services, ReportBuilder report, PreparedTable data, TableSplits splits, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(spec.Seed).Derive(6);
        var rows = splits.SearchRows(data.Table.RowCount);
        var folds = TableSplits.FoldsOf(rows, data, spec.Method, optimise.Folds, random.NextUInt64());
        var search = optimise.Search with { Seed = random.NextUInt64() };
        var fits = search.Trials * folds.Length;
        var study = await Search.RunAsync(
            data.Table, folds, TrainStage.Options(spec, data), search, fold => Score(optimise.Metric, data.Target, fold), services.Workers,
            new DirectProgress<int>(done => services.Progress?.Report(new RunProgress("optimise", $"{done} of {fits} fits", (double)done / fits))),
            cancellationToken).ConfigureAwait(false);
        var section = Describe(optimise, study, folds);
        report.Optimise = section;
        report.Find("advice", section.Conclusion);
        return section;
    }

    static double Score(string metric, TargetValues labels, FoldResult fold)
    {
        var truth = fold.Split.Test.Select(row => labels.Codes[row]).ToArray();
        if (metric == "log_loss")
        {
            var losses = new double[truth.Length];
            LogLoss.PerRow(fold.Predictions, labels.Classes.Length, truth, losses);
            return losses.Average();
        }

        var predictions = new ClassPredictions { Classes = labels.Classes, Truth = truth, Probabilities = fold.Predictions };
        return Classification.Accuracy(predictions.Confusion()).Value;
    }

    static OptimiseSection Describe(OptimiseSpec optimise, Study study, ImmutableArray<Split> folds)
    {
        var trials = study.Trials.Select(trial => new TrialSection(
            trial.Number, trial.Parameters, [.. trial.FoldScores.Select(Finite)], Finite(trial.Mean))).ToImmutableArray();
        var section = new OptimiseSection(optimise.Metric, optimise.Search.Minimise, trials, study.Best.Number, null, null, null, null, null, "");
        if (study.Best.Number == study.Default.Number)
        {
            return section with { Conclusion = $"none of {trials.Length - 1} other settings had a better {optimise.Metric} than the default" };
        }

        var differences = study.Best.FoldScores.Zip(study.Default.FoldScores, (best, start) => best - start).ToArray();
        var test = CorrectedResampledT.Test(differences, folds.Average(fold => (double)fold.Test.Length / fold.Train.Length));

        // The winner was picked among the trials, so its p-value is that of the smallest of so many (Bonferroni).
        var adjusted = Math.Min(1, test.PValue * (trials.Length - 1));
        return section with
        {
            Difference = differences.Average(),
            DifferenceLow = test.Interval?.Low,
            DifferenceHigh = test.Interval?.High,
            P = Finite(test.PValue),
            AdjustedP = Finite(adjusted),
            Conclusion = Conclude(optimise, study, adjusted),
        };
    }

    static string Conclude(OptimiseSpec optimise, Study study, double adjusted)
    {
        var settings = string.Join(", ", study.Best.Parameters.Select(parameter => $"{parameter.Key} {NumberText.Number(parameter.Value)}"));
        var scores = $"{optimise.Metric} {NumberText.Number(study.Best.Mean)} against {NumberText.Number(study.Default.Mean)} of the default, p {NumberText.PValue(adjusted)} after correction for {study.Trials.Length - 1} trials";
        return adjusted < Level
            ? $"use {settings}: {scores}"
            : $"the best setting ({settings}) is indistinguishable from the default: {scores}; keep the default";
    }

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
