using Microsoft.Data.Sqlite;

namespace Assay.Storage.Sqlite;

/// <summary>Opens a store's file at the current schema.</summary>
static class SqliteSchema
{
    // 'Assa' in the header's application_id tells our file from another program's.
    const long ApplicationId = 0x41737361;

    // One file a version, in order; what has been released is never edited, only added to.
    static readonly string[] _migrations = ["0001-runs", "0002-records", "0003-repeats", "0004-parts"];

    /// <summary>An open connection for one thread at a time. Makes or migrates the file when needed.</summary>
    public static async ValueTask<SqliteConnection> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = Connect(path);
        try
        {
            // Before anything is changed: the file may be another program's.
            var version = ReadVersion(connection, path);
            SqlFile.Execute(connection, "sqlite.open");
            if (version < _migrations.Length)
            {
                await MigrateAsync(connection, path, time, cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that changes nothing, to a file that may be damaged.</summary>
    public static SqliteConnection OpenToSalvage(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadOnly);
        if (ReadVersion(connection, path) is var version && version != _migrations.Length)
        {
            connection.Dispose();
            throw new UserErrorException($"The run store '{path}' has schema {version}, and only {_migrations.Length} can be salvaged. Restore it from a backup; SQLite's own '.recover' reads it too.");
        }

        return connection;
    }

    // Without the pool the last connection to close moves the log into the file and removes it: one file to copy.
    static SqliteConnection Connect(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // One statement, so that all three are of one moment while another process makes the store.
    static int ReadVersion(SqliteConnection connection, string path)
    {
        using var command = SqlFile.Command(connection, "sqlite.select-version");
        using var reader = command.ExecuteReader();
        reader.Read();
        var (application, version, tables) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2));
        if (application != ApplicationId && (application, version, tables) != (0, 0, 0))
        {
            throw new UserErrorException(
                $"'{path}' is not a run store: it is a SQLite database of another program. Expected a file made by Assay, or none. Name another file.");
        }

        if (version > _migrations.Length)
        {
            throw new UserErrorException(
                $"The run store '{path}' has schema {version}; this version of Assay knows up to {_migrations.Length}. Use the newer Assay that wrote it, or name another store.");
        }

        return version;
    }

    static async ValueTask MigrateAsync(SqliteConnection connection, string path, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await WriteTransaction.BeginAsync(connection, time, cancellationToken).ConfigureAwait(false);

        // Again, under the write lock: another process may have done it meanwhile.
        var version = ReadVersion(connection, path);
        if (version > 0 && version < _migrations.Length)
        {
            BackUp(path, $"{path}.v{version}.bak");
        }

        foreach (var migration in _migrations.AsSpan(version))
        {
            SqlFile.Execute(connection, $"sqlite.{migration}");
        }

        using var stamp = connection.CreateCommand();
        stamp.CommandText = $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {_migrations.Length};";
        stamp.ExecuteNonQuery();
        await transaction.CommitAsync().ConfigureAwait(false);
    }

    // A second connection still reads what was committed before the migration; the write lock of the first keeps it so.
    static void BackUp(string path, string target)
    {
        File.Delete(target);
        using var connection = Connect(path);
        SqlFile.Execute(connection, "sqlite.back-up", ("$target", target));
    }
}
