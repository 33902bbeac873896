namespace Assay.Learning.Tuning;

/// <summary>Tries settings, one trial after the other or several at once, and finds the best.</summary>
public static class Study
{
    /// <summary>
    /// Runs the study to its end, or on from where its journal ends; the result is the same. A trial that the journal does not know to have ended is run
    /// again from its start. A killed process loses nothing but the trials under way.
    /// </summary>
    /// <param name="options">What to try, and by what rules.</param>
    /// <param name="objective">Tries a setting.</param>
    /// <param name="workers">Trials under way at once, at most <see cref="StudyOptions.Window"/>.</param>
    /// <param name="journalPath">A file of JSON lines that is written event by event and continued when it is there (docs/study-journal.md); null keeps nothing.</param>
    /// <param name="ended">Told every trial that ended, those of the journal too, from whatever thread.</param>
    /// <param name="cancellationToken">Ends the study; the journal keeps what has ended.</param>
    /// <exception cref="UserErrorException">The options have problems, or the journal is of another study, damaged, or in use by another process.</exception>
    public static async Task<StudyResult> RunAsync(
        StudyOptions options,
        Objective objective,
        int workers = 1,
        string? journalPath = null,
        IProgress<Trial>? ended = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objective);
        if (options.Problems() is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        using var journal = journalPath is null ? null : StudyJournal.Open(journalPath, options);
        using var run = new StudyRun(options, objective, Math.Max(1, workers), journal, ended);
        return await run.ToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
