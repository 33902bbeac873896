namespace Assay.Results;

/// <summary>Which stored run a user means.</summary>
public static class RunReference
{
    /// <summary>The newest run.</summary>
    public const string Last = "last";

    const string LastOf = "last:";
    const int Listed = 5;

    /// <summary>
    /// Finds a run by its id, by <c>last</c> (the newest), <c>last:NAME</c> (the newest of this name), by a tag (the newest that has it) or by the start of
    /// an id that only one has; in this order. One that is being written counts.
    /// </summary>
    /// <exception cref="UserErrorException">There is none, or the start of an id is of several.</exception>
    public static async ValueTask<RunSummary> FindAsync(IRunStore store, string reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return runs.Find(run => run.Header.Id == reference)
            ?? (reference == Last ? runs.FirstOrDefault() : null)
            ?? (reference.StartsWith(LastOf, StringComparison.Ordinal) ? runs.Find(run => run.Header.Name == reference[LastOf.Length..]) : null)
            ?? runs.Find(run => run.Tags.Contains(reference))
            ?? OfPrefix(runs, reference);
    }

    static RunSummary OfPrefix(List<RunSummary> runs, string reference)
    {
        var found = reference.Length == 0 ? [] : runs.FindAll(run => run.Header.Id.StartsWith(reference, StringComparison.Ordinal));
        return found.Count switch
        {
            1 => found[0],
            0 when runs.Count == 0 => throw new UserErrorException($"There is no run '{reference}': the store has no runs. Expected a store that a run was written to; --store names it."),
            0 => throw new UserErrorException(
                $"There is no run '{reference}'.{NearestName.Hint(reference, [.. runs.Select(run => run.Header.Id), .. runs.SelectMany(run => run.Tags), .. runs.Select(run => LastOf + run.Header.Name)])} "
                + "Expected an id, the start of one, a tag, last, or last:NAME. 'assay runs' lists the runs."),
            var count => throw new UserErrorException(
                $"'{reference}' is the start of {count} ids: {string.Join(", ", found.Take(Listed).Select(run => run.Header.Id))}{(count > Listed ? ", ..." : "")}. Name more of it."),
        };
    }
}
