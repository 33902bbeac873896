using System.Text.Json;
using Assay.Reporting;
using Assay.Results;

namespace Assay.Running;

/// <summary>Hands each record, as it is made, to the store and to whoever else listens.</summary>
sealed class Recorder : IAsyncDisposable
{
    readonly RunServices _services;
    readonly ReportBuilder _report;
    readonly IRunLog? _log;

    Recorder(RunServices services, ReportBuilder report, IRunLog? log)
    {
        _services = services;
        _report = report;
        _log = log;
    }

    public static async Task<Recorder> BeginAsync(Spec spec, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        var log = services.Store is { } store ? await store.BeginAsync(HeaderOf(spec, services, report), cancellationToken).ConfigureAwait(false) : null;
        return new Recorder(services, report, log);
    }

    /// <summary>Somebody wants records.</summary>
    public bool IsHeard => _log is not null || _services.OnRecord is not null || _report.IsHeard;

    /// <summary>What is known of the run before it starts.</summary>
    public static RunHeader HeaderOf(Spec spec, RunServices services, ReportBuilder report) => new()
    {
        Id = report.Run,
        Name = spec.Name,
        Command = services.Command,
        Started = report.Started,
        Seed = spec.Seed,
        Spec = spec.Source,
        DataHash = report.DataHash,
        AssayVersion = AssayVersion.Text,
        Resume = services.ResumeRun is not null,
        Environment = JsonSerializer.Serialize(services.Environment, ReportJson.Options),
    };

    public ValueTask AddAsync(Record record, CancellationToken cancellationToken)
    {
        Tell(record);
        return KeepAsync(record, cancellationToken);
    }

    /// <summary>To the report and to those who listen. Not thread-safe.</summary>
    public void Tell(Record record)
    {
        _report.Saw(record);
        _services.OnRecord?.Invoke(record);
    }

    /// <summary>To the store, which has it on disk within 200 ms. Thread-safe.</summary>
    public async ValueTask KeepAsync(Record record, CancellationToken cancellationToken)
    {
        if (_log is not null)
        {
            await _log.AppendAsync(record, cancellationToken).ConfigureAwait(false);
        }
    }

    // Not cancellable: a cancelled run is completed as well.
    public async ValueTask CompleteAsync(Report report, RunState state)
    {
        if (_log is not null)
        {
            var completion = new RunCompletion(
                state, report.Verdict.ToString().ToLowerInvariant(), report.Started.AddSeconds(report.Seconds), JsonSerializer.Serialize(report, ReportJson.Options))
            {
                MainScore = report.Estimates.FirstOrDefault(estimate => estimate is { Stage: "evaluate" or "load", Value: not null }) is { } main
                    ? new MainScore(main.Metric, main.Value!.Value, main.Low, main.High, main.Task, main.Model)
                    : null,
            };
            await _log.CompleteAsync(completion, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _log?.DisposeAsync() ?? ValueTask.CompletedTask;
}
