using Assay.Results;

namespace Assay.Cli;

/// <summary>Finds a stored run by what a user calls it.</summary>
static class StoredRuns
{
    const string LastOf = "last:";

    /// <summary>By its id, the only beginning of one, <c>last</c>, or <c>last:NAME</c>.</summary>
    /// <exception cref="UserErrorException">None or several are meant.</exception>
    public static async Task<StoredRun> FindAsync(IRunStore store, string storePath, string run, CancellationToken cancellationToken)
    {
        var id = await store.ReadAsync(run, cancellationToken).ConfigureAwait(false) is { } exact ? exact.Summary.Header.Id : await IdAsync(store, storePath, run, cancellationToken).ConfigureAwait(false);
        return await store.ReadAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new UserErrorException($"Run '{id}' is gone from '{storePath}'. List the runs with: assay runs");
    }

    static async Task<string> IdAsync(IRunStore store, string storePath, string run, CancellationToken cancellationToken)
    {
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        string[] found = [.. runs.Select(item => item.Header).Where(header => IsMeant(header, run)).Select(header => header.Id)];
        return found.Length switch
        {
            1 => found[0],
            > 1 when run.StartsWith("last", StringComparison.Ordinal) => found[0],
            > 1 => throw new UserErrorException($"'{run}' is the beginning of {found.Length} runs of '{storePath}': {string.Join(", ", found.Take(5))}. Give more of the id."),
            _ => throw new UserErrorException(
                $"'{run}' is no run of '{storePath}', which has {runs.Count}.{NearestName.Hint(run, runs.Select(item => item.Header.Id))} List them with: assay runs. Another store is named by --store."),
        };
    }

    static bool IsMeant(RunHeader header, string run) =>
        run == "last" || (run.StartsWith(LastOf, StringComparison.Ordinal) ? header.Name == run[LastOf.Length..] : header.Id.StartsWith(run, StringComparison.Ordinal));
}
