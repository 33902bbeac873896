using Assay.Comparing;
using Assay.Results;

namespace Assay.Cli;

/// <summary>The runs that a user names: in the store, or in files of records.</summary>
static class ComparedRuns
{
    /// <summary>Reads them side by side; a store is read by several threads at once.</summary>
    public static Task<RunScores[]> ReadAsync(IRunStore store, IReadOnlyList<string> references, string stage, CancellationToken cancellationToken) =>
        Task.WhenAll(references.Select(reference => Task.Run(() => ReadAsync(store, reference, stage, cancellationToken), cancellationToken)));

    // RUN#MODEL is one model of a run.
    static async Task<RunScores> ReadAsync(IRunStore store, string reference, string stage, CancellationToken cancellationToken)
    {
        var (run, model) = !File.Exists(reference) && reference.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash ? (reference[..hash], reference[(hash + 1)..]) : (reference, null);
        if (File.Exists(run))
        {
            return await RunScores.ReadAsync(reference, RecordFile.ReadAsync(run, cancellationToken), model, stage, cancellationToken).ConfigureAwait(false);
        }

        var summary = await FinishedRun.FindAsync(store, run, null, cancellationToken).ConfigureAwait(false);
        return summary is not null && await store.ReadAsync(summary.Header.Id, cancellationToken).ConfigureAwait(false) is { } stored
            ? await RunScores.ReadAsync(stored, Label(summary, model), model, stage, cancellationToken).ConfigureAwait(false)
            : throw new UserErrorException($"There is no finished run for '{run}'. Expected a run's id or its beginning, a tag, last, last:NAME, passed, passed:NAME, or a file of records; with #MODEL for one of its models. 'assay runs' lists the runs.");
    }

    static string Label(RunSummary run, string? model) => model is null ? run.Header.Id : $"{run.Header.Id}#{model}";
}
