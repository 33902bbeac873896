using Assay.Results;

namespace Assay.Comparing;

/// <summary>Which stored run a comparison is with.</summary>
public static class FinishedRun
{
    const string Last = "last";
    const string Passed = "passed";

    /// <summary>
    /// <c>last</c> or <c>last:NAME</c>: the newest that is done, of any name or of this; <c>passed</c> or <c>passed:NAME</c>: the newest that is done
    /// with the verdict pass. All else as <see cref="RunReference"/>: an id, a tag, the beginning of an id. Null when no run is done or has passed.
    /// </summary>
    /// <param name="store">Where to look.</param>
    /// <param name="reference">As the user wrote it.</param>
    /// <param name="name">What last and passed mean without a name: runs of this name; null: of any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserErrorException">There is no such id or tag, or several ids begin so.</exception>
    public static async ValueTask<RunSummary?> FindAsync(IRunStore store, string reference, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        var (word, wanted) = reference.Split(':', 2) is [var first, var second] ? (first, second) : (reference, name);
        return word is Last or Passed
            ? await store.ListAsync(cancellationToken).FirstOrDefaultAsync(run => Fits(run, word, wanted), cancellationToken).ConfigureAwait(false)
            : await RunReference.FindAsync(store, reference, cancellationToken).ConfigureAwait(false);
    }

    static bool Fits(RunSummary run, string word, string? name) =>
        run.State == RunState.Done && (name is null || run.Header.Name == name) && (word == Last || run.Verdict == "pass");
}
