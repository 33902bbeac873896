namespace Assay.Results;

/// <summary>
/// Where runs are kept. Several processes may write to one store at once. Every member throws <see cref="UserErrorException"/>
/// when the store cannot be used: not a store, damaged, newer than this version, not writable, full. Thread-safe.
/// </summary>
public interface IRunStore
{
    /// <summary>Begins a run, or goes on with one when <see cref="RunHeader.Resume"/> is set.</summary>
    /// <exception cref="UserErrorException">
    /// The id is already there; or, to resume: it is not there, is done, is being written, or has another spec, seed or data.
    /// </exception>
    ValueTask<IRunLog> BeginAsync(RunHeader header, CancellationToken cancellationToken);

    /// <summary>All runs, the newest first. A store that does not exist yet has none, and is not made by asking.</summary>
    IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken);

    /// <summary>The run of this id, or null when there is none.</summary>
    ValueTask<StoredRun?> ReadAsync(string id, CancellationToken cancellationToken);
}

/// <summary>
/// Takes the records of one run while it goes on. Disposing without completing keeps what was appended and leaves the run
/// interrupted; it never throws. Appending is thread-safe.
/// </summary>
public interface IRunLog : IAsyncDisposable
{
    /// <summary>
    /// Hands over a record, which is on disk within 200 ms; waits while the store is behind. Of two records with the same stage,
    /// task, model, filter, id and repeat the last one counts.
    /// </summary>
    /// <exception cref="UserErrorException">An earlier record could not be written; nothing more will be.</exception>
    ValueTask AppendAsync(Record record, CancellationToken cancellationToken);

    /// <summary>Writes what is left, then ends the run. Once it returns, all of it is on disk; nothing can be appended after.</summary>
    /// <exception cref="UserErrorException">A record or the end could not be written.</exception>
    ValueTask CompleteAsync(RunCompletion completion, CancellationToken cancellationToken);
}
