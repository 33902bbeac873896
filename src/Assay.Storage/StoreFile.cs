using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>The SQLite file: opening it at the current schema.</summary>
sealed class StoreFile(string path, TimeProvider time)
{
    // 'Assa' in the header's application_id tells our file from another program's.
    const long ApplicationId = 0x41737361;

    // One file a version, in order; what has been released is never edited, only added to.
    static readonly string[] _migrations = ["0001-runs", "0002-records", "0003-repeats"];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public bool Exists => File.Exists(Path);

    /// <summary>An open connection for one thread at a time. Makes or migrates the file when needed.</summary>
    public async ValueTask<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var connection = Connect();
        try
        {
            // Before anything is changed: the file may be another program's.
            var version = ReadVersion(connection);
            SqlFile.Execute(connection, "open");
            if (version < _migrations.Length)
            {
                await MigrateAsync(connection, cancellationToken);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Without the pool the last connection to close moves the log into the file and removes it: one file to copy.
    SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
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
    int ReadVersion(SqliteConnection connection)
    {
        using var command = SqlFile.Command(connection, "select-version");
        using var reader = command.ExecuteReader();
        reader.Read();
        var (application, version, tables) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2));
        if (application != ApplicationId && (application, version, tables) != (0, 0, 0))
        {
            throw new UserErrorException(
                $"'{Path}' is not a run store: it is a SQLite database of another program. Expected a file made by Assay, or none. Name another file.");
        }

        if (version > _migrations.Length)
        {
            throw new UserErrorException(
                $"The run store '{Path}' has schema {version}; this version of Assay knows up to {_migrations.Length}. Use the newer Assay that wrote it, or name another store.");
        }

        return version;
    }

    async ValueTask MigrateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var transaction = await WriteTransaction.BeginAsync(connection, time, cancellationToken);

        // Again, under the write lock: another process may have done it meanwhile.
        var version = ReadVersion(connection);
        if (version > 0 && version < _migrations.Length)
        {
            BackUp($"{Path}.v{version}.bak");
        }

        foreach (var migration in _migrations.AsSpan(version))
        {
            SqlFile.Execute(connection, migration);
        }

        using var stamp = connection.CreateCommand();
        stamp.CommandText = $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {_migrations.Length};";
        stamp.ExecuteNonQuery();
        transaction.Commit();
    }

    // A second connection still reads what was committed before the migration; the write lock of the first keeps it so.
    void BackUp(string target)
    {
        File.Delete(target);
        using var connection = Connect();
        SqlFile.Execute(connection, "back-up", ("$target", target));
    }
}
