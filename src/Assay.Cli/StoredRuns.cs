using Assay.Results;

namespace Assay.Cli;

/// <summary>Finds a stored run by what a user calls it.</summary>
static class StoredRuns
{
    /// <summary>By <see cref="RunReference"/>.</summary>
    /// <exception cref="UserErrorException">None or several are meant.</exception>
    public static async Task<StoredRun> FindAsync(IRunStore store, string reference, CancellationToken cancellationToken)
    {
        var id = (await RunReference.FindAsync(store, reference, cancellationToken).ConfigureAwait(false)).Header.Id;
        return await store.ReadAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new UserErrorException($"Run '{id}' was deleted meanwhile. List the runs with: assay runs");
    }
}
