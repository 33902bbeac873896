namespace Assay.Running;

/// <summary>The road of a table: prepare, split, train, evaluate, analyse, serve, load, optimise.</summary>
sealed class TableRun(Spec spec, RunServices services, ReportBuilder report, Recorder recorder)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        PreparedTable data = null!;
        TableSplits splits = null!;
        TrainedParts trained = null!;
        await report.StageAsync("prepare", () => Task.FromResult(Summary(data = PreparedTable.Read(spec)))).ConfigureAwait(false);
        await report.StageAsync("split", () => Task.FromResult(Summary(splits = TableSplits.Make(spec, data), data))).ConfigureAwait(false);
        await report.StageAsync("train", async () =>
        {
            trained = await TrainStage.RunAsync(spec, services, data, splits, cancellationToken).ConfigureAwait(false);
            report.Training = trained.Describe();
            return trained.Summary;
        }).ConfigureAwait(false);

        Tested tested = null!;
        await report.StageAsync("evaluate", async () =>
        {
            tested = await EvaluateStage.RunAsync(spec, report, recorder, data, trained, cancellationToken).ConfigureAwait(false);
            return tested.Summary;
        }).ConfigureAwait(false);
        await report.StageAsync("analyse", () => Task.FromResult(AnalyseStage.Run(spec, report, data, tested))).ConfigureAwait(false);
        if (spec.Serve)
        {
            await ServeAsync(data, trained, tested, cancellationToken).ConfigureAwait(false);
        }

        if (spec.Optimise is { } optimise)
        {
            await report.StageAsync("optimise", () => OptimiseStage.RunAsync(spec, optimise, services, report, data, splits, cancellationToken)).ConfigureAwait(false);
        }
    }

    async Task ServeAsync(PreparedTable data, TrainedParts trained, Tested tested, CancellationToken cancellationToken)
    {
        var host = services.Host ?? throw new UserErrorException("The spec has 'serve', and this run has no host to serve models. Give RunServices.Host, or take 'serve' out.");
        IHostedModel? hosted = null;
        try
        {
            await report.StageAsync("serve", async () =>
            {
                hosted = await host.StartAsync(trained.Name, [.. trained.Parts.Select(part => part.Model)], cancellationToken).ConfigureAwait(false);
                return await ServiceStage.RunAsync(spec, report, recorder, data, trained, tested, hosted, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            foreach (var (i, profile) in spec.Loads.Index())
            {
                var test = data.Table.Select(trained.Parts[0].Split.Test);
                await report.StageAsync($"load {profile.Name}", () =>
                    LoadStage.RunAsync(spec, i, services, report, test, trained, hosted!, cancellationToken)).ConfigureAwait(false);
            }
        }
        finally
        {
            if (hosted is not null)
            {
                await hosted.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    string Summary(PreparedTable data)
    {
        if (data.Notes is { FirstSkipped.IsEmpty: false } notes)
        {
            report.Find("warning", $"{notes.RowsSkipped} rows of {spec.Data!.Path} did not fit and were kept out, {notes.RowsFilled} too short ones were filled: " +
                string.Join("; ", notes.FirstSkipped.Select(row => $"line {row.Line}: {row.Reason}")));
        }

        return $"{data.RowsRead} rows read, {data.RowsWithoutTarget} without target, {data.RowsRead - data.RowsWithoutTarget - data.Table.RowCount} dropped, {data.Table.RowCount} used";
    }

    string Summary(TableSplits splits, PreparedTable data)
    {
        report.Data = data.Describe(spec, report.DataHash!, splits);
        return splits.Method;
    }
}
