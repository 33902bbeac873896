using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Results;
using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>
/// Runs in one SQLite file, made with its folder when the first run begins. Several processes of one machine may write at once;
/// a network file system will not do. An older file is brought to the current schema when it is opened, with a copy left beside
/// it (<c>runs.db.v1.bak</c>). Thread-safe.
/// </summary>
/// <param name="path">Of the file.</param>
/// <param name="time">For the waits on other writers.</param>
public sealed class SqliteRunStore(string path, TimeProvider time) : IRunStore
{
    readonly StoreFile _file = new(path, time);

    /// <inheritdoc/>
    public async ValueTask<IRunLog> BeginAsync(RunHeader header, CancellationToken cancellationToken)
    {
        SqliteConnection? connection = null;
        IDisposable? runLock = null;
        try
        {
            connection = await _file.OpenAsync(cancellationToken);
            using var transaction = await WriteTransaction.BeginAsync(connection, time, cancellationToken);
            var number = header.Resume ? Resume(connection, header) : Insert(connection, header);
            RunLock.Sweep(_file.Path);
            runLock = await RunLock.TakeAsync(_file.Path, number, time, cancellationToken);
            transaction.Commit();
            return new SqliteRunLog(_file.Path, number, connection, runLock, time);
        }
        catch (Exception e)
        {
            runLock?.Dispose();
            connection?.Dispose();
            if (StoreFault.Explain(e, _file.Path) is { } error)
            {
                throw error;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_file.Exists)
        {
            yield break;
        }

        foreach (var row in await QueryAsync(connection => StoredRunRow.Select(connection, _file.Path, null).ToList(), cancellationToken))
        {
            yield return row.Summary;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredRun?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        return _file.Exists ? await QueryAsync(Read, cancellationToken) : null;

        StoredRun? Read(SqliteConnection connection)
        {
            if (StoredRunRow.Select(connection, _file.Path, id).FirstOrDefault() is not { } row)
            {
                return null;
            }

            using var report = SqlFile.Command(connection, "select-report", ("$number", row.Number));
            return new StoredRun(row.Summary, report.ExecuteScalar() as string, ReadRecordsAsync(row, CancellationToken.None));
        }
    }

    // By pages: a reader that dawdles then holds up neither memory nor the recycling of SQLite's log.
    async IAsyncEnumerable<Record> ReadRecordsAsync(StoredRunRow run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (await QueryAsync(connection => ReadPage(connection, run.Number, last), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var (number, json) in page)
            {
                yield return RecordJson.Parse(json);
                last = number;
            }
        }
    }

    static List<(long Number, string Json)> ReadPage(SqliteConnection connection, long run, long after)
    {
        using var command = SqlFile.Command(connection, "select-records", ("$run", run), ("$after", after));
        using var reader = command.ExecuteReader();
        var page = new List<(long, string)>();
        while (reader.Read())
        {
            page.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return page;
    }

    async ValueTask<T> QueryAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await _file.OpenAsync(cancellationToken);
            return query(connection);
        }
        catch (Exception e) when (StoreFault.Explain(e, _file.Path) is { } error)
        {
            throw error;
        }
    }

    long Insert(SqliteConnection connection, RunHeader header)
    {
        if (StoredRunRow.Select(connection, _file.Path, header.Id).FirstOrDefault() is { } there)
        {
            var started = there.Summary.Header.Started.ToString("u", CultureInfo.InvariantCulture);
            throw new UserErrorException(
                $"Run '{header.Id}' is already in '{_file.Path}': '{there.Summary.Header.Name}', begun {started}. A run needs an id of its own. Choose another, or resume that run.");
        }

        return StoredRunRow.Insert(connection, header);
    }

    long Resume(SqliteConnection connection, RunHeader header)
    {
        var there = StoredRunRow.Select(connection, _file.Path, header.Id).FirstOrDefault();
        if (WhyNotResumed(there?.Summary, header) is { } reason)
        {
            throw new UserErrorException($"Run '{header.Id}' of '{_file.Path}' cannot be resumed: {reason}");
        }

        SqlFile.Execute(connection, "resume-run", ("$number", there!.Number));
        return there.Number;
    }

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
