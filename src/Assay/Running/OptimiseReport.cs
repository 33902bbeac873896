using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Tuning;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>What a study has to say: the best setting, whether it differs from the default, and what to expect of it.</summary>
static class OptimiseReport
{
    public static OptimiseSection Describe(OptimiseSpec optimise, StudyResult study, ImmutableArray<Split> folds)
    {
        var comparison = DefaultComparison.Of(study, folds.Average(fold => (double)fold.Test.Length / fold.Train.Length));
        var winner = WinnerEstimate.Of(study);
        return new OptimiseSection(
            optimise.Metric,
            study.Direction == Direction.Minimise,
            [.. study.Trials.Select(Describe)],
            study.Best?.Number,
            Finite(comparison?.Test.Effect),
            comparison?.Test.Interval?.Low,
            comparison?.Test.Interval?.High,
            Finite(comparison?.Test.PValue),
            Finite(comparison?.AdjustedP),
            Conclude(optimise.Metric, study, comparison))
        {
            Method = Method(optimise, study),
            Expected = Finite(winner?.Value),
            Optimism = Finite(winner?.Optimism),
        };
    }

    static TrialSection Describe(Trial trial) =>
        new(trial.Number, trial.Parameters, [.. trial.Scores.Select(score => Finite(score))], Finite(trial.Value)) { State = trial.State.ToString().ToLowerInvariant(), Reason = trial.Reason };

    static string Method(OptimiseSpec optimise, StudyResult study)
    {
        var sampler = optimise.Study.Sampler.Describe()["name"]!.GetValue<string>();
        var pruner = optimise.Study.Pruner.Describe()["name"]!.GetValue<string>();
        return $"{sampler}, pruner {pruner}: {study.Settings} settings in {study.Trials.Length} trials, {study.Count(TrialState.Pruned)} pruned, {study.Count(TrialState.Failed)} failed";
    }

    static string Conclude(string metric, StudyResult study, DefaultComparison? comparison)
    {
        var (start, others) = (study.Trials[0], study.Settings - 1);
        if (study.Best is not { } best)
        {
            return $"no setting could be trained to its end: {start.Reason ?? "all trials were stopped"}";
        }

        if (best.Number == 0)
        {
            return $"none of {others} other settings had a better {metric} than the default";
        }

        if (start.State != TrialState.Completed)
        {
            return $"use {Settings(best)}: {metric} {NumberText.Number(best.Value)}; the default has none, as {start.Reason ?? "it was stopped"}";
        }

        var scores = $"{metric} {NumberText.Number(best.Value)} against {NumberText.Number(start.Value)} of the default, p {NumberText.PValue(Finite(comparison?.AdjustedP))} after correction for {others} settings";
        return comparison is { Differs: true }
            ? $"use {Settings(best)}: {scores}"
            : $"the best setting ({Settings(best)}) is indistinguishable from the default: {scores}; keep the default";
    }

    static string Settings(Trial trial) => string.Join(", ", trial.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value.Text ?? NumberText.Number(parameter.Value.Number)}"));

    static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;
}
