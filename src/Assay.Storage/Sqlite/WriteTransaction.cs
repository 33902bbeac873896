using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Storage.Sqlite;

/// <summary>The store's one write lock, held by this connection until it commits or is disposed, which rolls back.</summary>
sealed class WriteTransaction : IWriteTransaction
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(1);
    readonly SqliteConnection _connection;
    bool _committed;

    WriteTransaction(SqliteConnection connection)
    {
        _connection = connection;
    }

    // SQLite's own busy handler, and that of Microsoft.Data.Sqlite, sleep 100 and 150 ms between two tries: beside a writer that
    // never rests they miss its gaps, and 200 ms are gone. Asking each millisecond takes turns.
    public static async ValueTask<WriteTransaction> BeginAsync(SqliteConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        int code;
        while ((code = Execute(connection, "BEGIN IMMEDIATE")) == raw.SQLITE_BUSY && time.GetElapsedTime(start) < _patience)
        {
            await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        }

        SqliteException.ThrowExceptionForRC(code, connection.Handle);
        return new WriteTransaction(connection);
    }

    public ValueTask CommitAsync()
    {
        SqliteException.ThrowExceptionForRC(Execute(_connection, "COMMIT"), _connection.Handle);
        _committed = true;
        return ValueTask.CompletedTask;
    }

    // SQLite may have rolled back by itself, on a full disk for one; the second time then fails, to no effect.
    public ValueTask DisposeAsync()
    {
        if (!_committed)
        {
            Execute(_connection, "ROLLBACK");
        }

        return ValueTask.CompletedTask;
    }

    static int Execute(SqliteConnection connection, string sql) => raw.sqlite3_exec(connection.Handle, sql);
}
