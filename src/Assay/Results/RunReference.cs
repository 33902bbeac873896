namespace Assay.Results;

/// <summary>Which stored run a user means.</summary>
public static class RunReference
{
    /// <summary>The newest run.</summary>
    public const string Last = "last";

    /// <summary>The newest run whose verdict is pass.</summary>
    public const string Passed = "passed";

    const string Expected = "Expected an id, the start of one, a tag, last, last:NAME, passed or passed:NAME. 'assay runs' lists the runs.";
    const int Listed = 5;

    /// <summary>
    /// Finds a run by its id, by <c>last</c> (the newest) or <c>passed</c> (the newest whose verdict is pass), by <c>last:NAME</c> or
    /// <c>passed:NAME</c> (of this name), by a tag (the newest that has it) or by the start of an id that only one has; in this order.
    /// One that is being written counts.
    /// </summary>
    /// <exception cref="UserErrorException">There is none, or the start of an id is of several.</exception>
    public static async ValueTask<RunSummary> FindAsync(IRunStore store, string reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return Find(runs, reference) ?? throw Missing(runs, reference);
    }

    /// <summary>As <see cref="FindAsync"/>, but last and passed are of done runs of one name, and null says that there is none.</summary>
    /// <param name="store">Where to look.</param>
    /// <param name="reference">As the user wrote it.</param>
    /// <param name="name">What last and passed mean without a name.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserErrorException">The start of an id is of several.</exception>
    public static async ValueTask<RunSummary?> FindBaselineAsync(IRunStore store, string reference, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return IsWord(reference)
            ? Find(runs.FindAll(run => run.State == RunState.Done), reference.Contains(':', StringComparison.Ordinal) ? reference : $"{reference}:{name}")
            : Find(runs, reference);
    }

    /// <summary>Whether it is last, passed, or one of them with a name: what may well mean no run yet.</summary>
    public static bool IsWord(string reference) => reference?.Split(':')[0] is Last or Passed;

    static RunSummary? Find(List<RunSummary> runs, string reference) =>
        runs.Find(run => run.Header.Id == reference)
        ?? (IsWord(reference) ? OfWord(runs, reference) : runs.Find(run => run.Tags.Contains(reference)) ?? OfPrefix(runs, reference));

    static RunSummary? OfWord(List<RunSummary> runs, string reference)
    {
        var name = reference.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? reference[(colon + 1)..] : null;
        return runs.Find(run => (name is null || run.Header.Name == name) && (reference.StartsWith(Last, StringComparison.Ordinal) || run.Verdict == "pass"));
    }

    static RunSummary? OfPrefix(List<RunSummary> runs, string reference)
    {
        var found = reference.Length == 0 ? [] : runs.FindAll(run => run.Header.Id.StartsWith(reference, StringComparison.Ordinal));
        return found.Count < 2 ? found.FirstOrDefault() : throw new UserErrorException(
            $"'{reference}' is the start of {found.Count} ids: {string.Join(", ", found.Take(Listed).Select(run => run.Header.Id))}{(found.Count > Listed ? ", ..." : "")}. Name more of it.");
    }

    static UserErrorException Missing(List<RunSummary> runs, string reference) => runs.Count == 0
        ? new($"There is no run '{reference}': the store has no runs. Expected a store that a run was written to; --store names it.")
        : new($"There is no run '{reference}'.{NearestName.Hint(reference, [.. runs.Select(run => run.Header.Id), .. runs.SelectMany(run => run.Tags), .. runs.Select(run => $"{Last}:{run.Header.Name}")])} {Expected}");
}
