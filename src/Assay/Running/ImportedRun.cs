using System.Collections.Immutable;
using System.Text.Json;
using Assay.Reporting;
using Assay.Results;
using Assay.Results.Interchange;

namespace Assay.Running;

/// <summary>A log of another tool as a run of ours: stored, with a report.</summary>
public static class ImportedRun
{
    /// <summary>
    /// Stores the records as they are read and folds them. Figures: those of the log's data set, and for every other score the mean over the
    /// samples that have it (<c>imported/mean</c>). Holds a few numbers a sample.
    /// </summary>
    /// <param name="log">What to import.</param>
    /// <param name="header">Of the run that it becomes.</param>
    /// <param name="services">Clock, store (null: kept nowhere) and progress.</param>
    /// <param name="cancellationToken">Ends the work; the run is then kept as interrupted.</param>
    /// <exception cref="UserErrorException">The log cannot be read to its end, or has no sample and no figure.</exception>
    public static async Task<Report> StoreAsync(ImportedLog log, RunHeader header, RunServices services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(services);
        var start = services.Time.GetTimestamp();
        await using var stored = services.Store is { } store ? await store.BeginAsync(header, cancellationToken).ConfigureAwait(false) : null;
        var groups = new OrderedDictionary<RecordGroup.Key, RecordGroup>();
        var count = 0L;
        await foreach (var record in log.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (stored is not null)
            {
                await stored.AppendAsync(record, cancellationToken).ConfigureAwait(false);
            }

            RecordGroup.Add(groups, record);
            if (++count % 1000 == 0)
            {
                services.Progress?.Report(new RunProgress("import", $"{count} records", null));
            }
        }

        if (count == 0 && log.Figures.IsEmpty)
        {
            throw new UserErrorException("The log has no samples. Expected at least one.");
        }

        var report = Build(log, header, services, groups, count) with { Seconds = services.Time.GetElapsedTime(start).TotalSeconds };
        if (stored is not null)
        {
            var completion = new RunCompletion(RunState.Done, "pass", report.Started.AddSeconds(report.Seconds), JsonSerializer.Serialize(report, ReportJson.Options));
            await stored.CompleteAsync(completion, CancellationToken.None).ConfigureAwait(false);
        }

        return report;
    }

    static Report Build(ImportedLog log, RunHeader header, RunServices services, OrderedDictionary<RecordGroup.Key, RecordGroup> groups, long count)
    {
        var known = log.Figures.Select(figure => (figure.Task, figure.Model, figure.Filter, figure.Metric)).ToHashSet();
        var means = groups.SelectMany(group => group.Value.Estimates(group.Key, log.HasCorpusScores)).Where(mean => !known.Contains((mean.Task, mean.Model, mean.Filter, mean.Metric)));
        var without = log.Figures.Where(figure => figure is { Task: not null, Model: not null, Filter: not null } && !groups.ContainsKey(new RecordGroup.Key("evaluate", figure.Task, figure.Model, figure.Filter)))
            .GroupBy(figure => (figure.Task, figure.Model, figure.Filter))
            .Select(figures => new TaskSection(figures.Key.Task!, figures.Key.Model!, figures.Key.Filter!, figures.Max(figure => figure.N), ImmutableSortedDictionary<string, long>.Empty, []));
        return new Report
        {
            Assay = AssayVersion.Text,
            Command = header.Command,
            Run = header.Id,
            Name = header.Name,
            Verdict = Verdict.Pass,
            VerdictReason = $"{NumberText.Count(count)} records of a log of {LogNames.Of(log.Format)} were read; nothing was asked of them",
            Seed = header.Seed,
            Started = header.Started,
            Seconds = 0,
            Environment = services.Environment,
            Stages = [new StageSection("import", "done", 0, $"{NumberText.Count(count)} records")],
            Estimates = [.. log.Figures, .. means],
            Tasks = [.. groups.Where(group => group.Key is { Task: not null, Filter: not null }).Select(group => group.Value.Section(group.Key)), .. without],
        };
    }
}
