using Assay.Results;

namespace Assay.Comparing;

/// <summary>Which stored run a user means.</summary>
public static class RunReference
{
    /// <summary>
    /// An id; the beginning of one, if of one only; <c>last</c> or <c>last:NAME</c>: the newest that is done, of any name or of this;
    /// <c>passed</c> or <c>passed:NAME</c>: the newest that is done with the verdict pass. Null when there is no such run.
    /// </summary>
    /// <param name="store">Where to look.</param>
    /// <param name="reference">As the user wrote it.</param>
    /// <param name="name">What last and passed mean without a name: runs of this name; null: of any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserErrorException">Several ids begin so.</exception>
    public static async ValueTask<RunSummary?> FindAsync(IRunStore store, string reference, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        var (word, wanted) = reference.Split(':', 2) is [var first, var second] ? (first, second) : (reference, name);
        var isWord = word is "last" or "passed";
        var begun = new List<RunSummary>();
        await foreach (var run in store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run.Header.Id == reference || (isWord && Fits(run, word, wanted)))
            {
                return run;
            }

            if (run.Header.Id.StartsWith(reference, StringComparison.Ordinal))
            {
                begun.Add(run);
            }
        }

        return begun.Count < 2 ? begun.FirstOrDefault() : throw new UserErrorException(
            $"'{reference}' is the beginning of {begun.Count} runs: {string.Join(", ", begun.Take(5).Select(run => run.Header.Id))}{(begun.Count > 5 ? ", ..." : "")}. Write more of the id.");
    }

    static bool Fits(RunSummary run, string word, string? name) =>
        run.State == RunState.Done && (name is null || run.Header.Name == name) && (word == "last" || run.Verdict == "pass");
}
