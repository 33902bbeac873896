using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Results;

namespace Assay.Storage;

/// <summary>Runs in a database. Several processes may write at once. Thread-safe.</summary>
public abstract partial class RunStore : IRunStore, IRunArchive
{
    readonly Database _database;
    readonly TimeProvider _time;

    private protected RunStore(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
    }

    /// <summary>The store's place as messages show it, never with a password.</summary>
    public string Name => _database.Name;

    /// <summary>
    /// A PostgreSQL store of <c>postgres://user@host:port/database</c> (also <c>postgresql://</c>) or of <c>Host=...;Database=...</c>; an SQLite store of
    /// any other text, which is the path of its file. Nothing is opened or made.
    /// </summary>
    /// <exception cref="UserErrorException">A connection string cannot be read.</exception>
    public static RunStore Open(string location, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        return PostgresRunStore.IsAddress(location) ? new PostgresRunStore(location, time) : new SqliteRunStore(location, time);
    }

    /// <inheritdoc/>
    public async ValueTask<IRunLog> BeginAsync(RunHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        return await GuardAsync<IRunLog>(async () =>
        {
            var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
            IDisposable? runLock = null;
            try
            {
                await using var transaction = await _database.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
                var there = (await RunRow.SelectAsync(_database, connection, header.Id, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
                var number = header.Resume ? Resumable(there, header) : there is null
                    ? await RunRow.InsertAsync(_database, connection, header, cancellationToken).ConfigureAwait(false) : throw IsThere(there.Summary);
                runLock = await _database.LockAsync(connection, number, cancellationToken).ConfigureAwait(false);
                if (header.Resume)
                {
                    await SqlFile.ExecuteAsync(connection, "resume-run", cancellationToken, ("@number", number)).ConfigureAwait(false);
                }

                await using var last = SqlFile.Command(connection, "select-last-record", ("@first", RecordNumbers.Before(number)), ("@last", RecordNumbers.Last(number)));
                var written = (long)(await last.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
                await transaction.CommitAsync().ConfigureAwait(false);
                return new RunLog(_database, number, _database.Write(connection, number, written), runLock, _time);
            }
            catch
            {
                runLock?.Dispose();
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await SelectAsync(null, cancellationToken).ConfigureAwait(false))
        {
            yield return row.Summary;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredRun?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if ((await SelectAsync(id, cancellationToken).ConfigureAwait(false)).FirstOrDefault() is not { } row)
        {
            return null;
        }

        var report = await GuardAsync(async () =>
        {
            await using var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = SqlFile.Command(connection, "select-report", ("@number", row.Number));
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        }).ConfigureAwait(false);
        return new StoredRun(row.Summary, report is null ? null : _database.Decode(report), RecordsAsync(row, withTexts: true, CancellationToken.None))
        {
            Scores = RecordsAsync(row, withTexts: false, CancellationToken.None),
        };
    }

    async IAsyncEnumerable<Record> RecordsAsync(RunRow run, bool withTexts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var records = RecordStream.ReadAsync(_database, run.Number, withTexts, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Func<ValueTask<bool>> next = records.MoveNextAsync;
        while (await GuardAsync(next).ConfigureAwait(false))
        {
            yield return records.Current.Record ?? throw new UserErrorException(
                $"Run '{run.Summary.Header.Id}' of '{Name}' is damaged: {records.Current.Damage}. "
                + $"Restore the store from a backup, or save what can be read: assay runs salvage --to FOLDER --store '{Name}'");
        }
    }

    async ValueTask<List<RunRow>> SelectAsync(string? id, CancellationToken cancellationToken) => await GuardAsync<List<RunRow>>(async () =>
    {
        await using var connection = await _database.FindAsync(cancellationToken).ConfigureAwait(false);
        return connection is null ? [] : await RunRow.SelectAsync(_database, connection, id, cancellationToken).ConfigureAwait(false);
    }).ConfigureAwait(false);

    async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (_database.Explain(e) is { } error)
        {
            throw error;
        }
    }

    UserErrorException IsThere(RunSummary there) => new(
        $"Run '{there.Header.Id}' is already in '{Name}': '{there.Header.Name}', begun {there.Header.Started.ToString("u", CultureInfo.InvariantCulture)}. "
        + "A run needs an id of its own. Choose another, or resume that run.");

    long Resumable(RunRow? there, RunHeader header) => WhyNotResumed(there?.Summary, header) is { } reason
        ? throw new UserErrorException($"Run '{header.Id}' of '{Name}' cannot be resumed: {reason}")
        : there!.Number;

    static string? WhyNotResumed(RunSummary? there, RunHeader header) => there switch
    {
        null => "there is no such run. List the runs with: assay runs",
        { State: RunState.Done } => "it is done. Begin a new run.",
        { State: RunState.Running } => "a process is still writing it. Wait for it, or end it.",
        _ when there.Header.Spec != header.Spec => "its spec differs from this one. Give the same spec, or begin a new run.",
        _ when there.Header.Seed != header.Seed => $"its seed is {there.Header.Seed}, this one's {header.Seed}. Give the same seed, or begin a new run.",
        _ when there.Header.DataHash != header.DataHash => "the data changed since it began. Restore the data, or begin a new run.",
        _ => null,
    };
}
