using Assay.Models;
using Assay.Reporting;
using Assay.Results;

namespace Assay.Running;

/// <summary>Runs a spec: every stage it names, in order, into one report. What is done when a run ends early is in the report.</summary>
public static class Runner
{
    /// <summary>
    /// Runs all stages. Cancelling does not throw: the report's verdict is then incomplete, as it is when a stage fails for a
    /// reason that is not the user's input.
    /// </summary>
    /// <exception cref="UserErrorException">The input is wrong: a column that is not there, a class with one row.</exception>
    public static async Task<Report> RunAsync(Spec spec, RunServices services, CancellationToken cancellationToken)
    {
        var id = services.ResumeRun ?? RunId(spec.Name, services.Time.GetUtcNow());
        var report = new ReportBuilder(spec, services, id);
        var stored = services is { ResumeRun: { } run, Store: { } store } ? await StoredAnswers.LoadAsync(store, run, cancellationToken).ConfigureAwait(false) : StoredAnswers.None;
        report.Against = await StoredBaseline.LoadAsync(spec, services, report, cancellationToken).ConfigureAwait(false);
        await using var recorder = await Recorder.BeginAsync(spec, services, report, cancellationToken).ConfigureAwait(false);
        var state = RunState.Done;
        try
        {
            if (spec.Data is not null)
            {
                await new TableRun(spec, services, report, recorder).RunAsync(cancellationToken).ConfigureAwait(false);
            }

            await new TaskRun(spec, services, report, recorder, stored).RunAsync(cancellationToken).ConfigureAwait(false);
            await ServiceLoad.RunAsync(spec, services, report, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = RunState.Cancelled;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or V2Exception or ModelStoppedException)
        {
            // The stage is in the report as failed, with the message.
            state = RunState.Failed;
        }
        catch (UserErrorException)
        {
            await recorder.CompleteAsync(report.Build(), RunState.Failed).ConfigureAwait(false);
            throw;
        }

        var made = report.Build();
        await recorder.CompleteAsync(made, state == RunState.Done && !report.IsWhole ? RunState.Failed : state).ConfigureAwait(false);
        return made;
    }

    static string RunId(string name, DateTimeOffset started)
    {
        var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return FormattableString.Invariant($"{started:yyyyMMdd-HHmmss-fff}-{safe}");
    }
}
