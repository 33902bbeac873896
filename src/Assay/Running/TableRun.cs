using Assay.Load;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>The road of a table: prepare, split, train, evaluate, analyse, serve, load, optimise.</summary>
sealed class TableRun(Spec spec, RunServices services, ReportBuilder report, Recorder recorder)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var data = await report.StageAsync("prepare", () => Task.FromResult(PreparedTable.Read(spec)), data => data.Summary).ConfigureAwait(false);
        if (data.Notes is { FirstSkipped.IsEmpty: false } notes)
        {
            report.Find("warning", $"{notes.RowsSkipped} rows of {spec.Data!.Path} did not fit and were kept out, {notes.RowsFilled} too short ones were filled: "
                + string.Join("; ", notes.FirstSkipped.Select(row => $"line {row.Line}: {row.Reason}")));
        }

        var splits = await report.StageAsync("split", () => Task.FromResult(TableSplits.Make(spec, data)), splits => $"{splits.Method}: {splits.TrainRows} train, {splits.TestRows} test").ConfigureAwait(false);
        report.Data = data.Describe(spec, report.DataHash!, splits);
        var trained = await report.StageAsync(
            "train", () => TrainStage.RunAsync(spec, services, data, splits, cancellationToken), trained => trained.Summary).ConfigureAwait(false);
        report.Training = trained.Describe();
        foreach (var stopped in trained.Stopped.Concat(trained.Unlearned(data.Target)))
        {
            report.Find("warning", stopped);
        }

        var tested = await report.StageAsync(
            "evaluate", () => EvaluateStage.RunAsync(spec, services, report, recorder, data, trained, cancellationToken), _ => FirstFigure()).ConfigureAwait(false);
        await report.StageAsync("analyse", () => Task.FromResult(AnalyseStage.Run(spec, report, data, tested)), summary => summary).ConfigureAwait(false);
        if (spec.Analyse.PermutationRepeats > 0)
        {
            await report.StageAsync("importance", () => Task.FromResult(RowAnalyses.Importance(spec, report, data, trained, tested, cancellationToken)), summary => summary).ConfigureAwait(false);
        }

        if (spec.Analyse.LearningCurve)
        {
            await report.StageAsync("learning curve", () => RowAnalyses.LearningCurveAsync(spec, services, report, data, trained, cancellationToken), summary => summary).ConfigureAwait(false);
        }

        if (spec.Serve)
        {
            await ServeAsync(data, trained, tested, cancellationToken).ConfigureAwait(false);
        }

        if (spec.Training.Save is { } path)
        {
            await report.StageAsync("fit", () => Task.FromResult(Fit(path, data, cancellationToken)), summary => summary).ConfigureAwait(false);
        }

        if (spec.Optimise is { } optimise)
        {
            await report.StageAsync(
                "optimise", () => OptimiseStage.RunAsync(spec, optimise, services, report, data, splits, cancellationToken), study => study.Conclusion).ConfigureAwait(false);
        }
    }

    // What was measured is the way of training; the model that is kept learns from every row.
    string Fit(string path, PreparedTable data, CancellationToken cancellationToken)
    {
        var training = TrainStage.Fit(
            data.Table, TrainStage.Options(spec, data), "final", services, epoch => services.Progress?.Report(new RunProgress("fit", epoch, null)), cancellationToken);
        training.Model.Save(path);
        if (training.History.StoppedBecause is { } stopped)
        {
            report.Find("warning", $"training of the model that was saved ended early: {stopped}");
        }

        return $"{training.Model.Name} of all {data.Table.RowCount} rows, saved as {path}";
    }

    async Task ServeAsync(PreparedTable data, TrainedParts trained, Tested tested, CancellationToken cancellationToken)
    {
        var host = services.Host ?? throw new UserErrorException("The spec has 'serve', and this run has no host to serve models. Give RunServices.Host, or take 'serve' out.");
        var hosted = await report.StageAsync(
            "serve", () => host.StartAsync(trained.Name, [.. trained.Parts.Select(part => part.Model)], cancellationToken), hosted => $"serving at {hosted.Address}").ConfigureAwait(false);
        await using (hosted.ConfigureAwait(false))
        {
            report.Service = await report.StageAsync(
                "service", () => ServiceStage.RunAsync(spec, report, recorder, data, trained, tested, hosted, cancellationToken), ServiceStage.Summary).ConfigureAwait(false);
            var test = data.Table.Select(trained.Parts[0].Split.Test);
            foreach (var (i, profile) in spec.Loads.Index().Where(load => load.Item is { Protocol: LoadProtocol.V2, Service: null }))
            {
                await report.StageAsync(
                    $"load {profile.Name}", () => LoadStage.RunAsync(spec, i, services, report, test, trained, hosted, cancellationToken), summary => summary).ConfigureAwait(false);
            }
        }
    }

    string FirstFigure()
    {
        var first = report.Estimates.First(estimate => estimate.Stage == "evaluate");
        return $"{first.Metric} {NumberText.Of(first)} of {first.N} rows";
    }
}
