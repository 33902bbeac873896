using System.Data.Common;

namespace Assay.Storage.Postgres;

/// <summary>Brings a database to the current schema.</summary>
static class PostgresSchema
{
    const int SchemaLock = -1;

    // One file a version, in order; what has been released is never edited, only added to.
    static readonly string[] _migrations = ["0001-store"];

    /// <summary>0 where nothing was ever stored.</summary>
    public static async ValueTask<int> ReadVersionAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var exists = SqlFile.Command(connection, "postgres.has-schema");
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            return 0;
        }

        await using var select = SqlFile.Command(connection, "postgres.select-version");
        var version = (int)(await select.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        return version <= _migrations.Length ? version : throw new UserErrorException(
            $"The run store '{name}' has schema {version}; this version of Assay knows up to {_migrations.Length}. Use the newer Assay that wrote it, or name another store.");
    }

    /// <summary>Makes or migrates it; a failed migration changes nothing, for it is one transaction.</summary>
    public static async ValueTask EnsureAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(connection, name, cancellationToken).ConfigureAwait(false) == _migrations.Length)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await SqlFile.ExecuteAsync(
            connection, "postgres.lock-store", cancellationToken, ("@class", PostgresDatabase.LockClass), ("@lock", SchemaLock)).ConfigureAwait(false);

        // Again, under the lock: another process may have done it meanwhile.
        var version = await ReadVersionAsync(connection, name, cancellationToken).ConfigureAwait(false);
        for (; version < _migrations.Length; version++)
        {
            await SqlFile.ExecuteAsync(connection, $"postgres.{_migrations[version]}", cancellationToken).ConfigureAwait(false);
        }

        await SqlFile.ExecuteAsync(connection, "postgres.update-version", cancellationToken, ("@version", _migrations.Length)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
