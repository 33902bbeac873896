using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Assay.Storage.Sqlite;

/// <summary>The SQLite file.</summary>
sealed class SqliteDatabase(string path, TimeProvider time) : Database
{
    // Of the file's pages: below, giving them back costs more than they do.
    const double MostFree = 0.25;

    public override string Name { get; } = Path.GetFullPath(path);

    public override async ValueTask<DbConnection?> FindAsync(CancellationToken cancellationToken) =>
        File.Exists(Name) ? await OpenAsync(cancellationToken).ConfigureAwait(false) : null;

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Name)!);
        return await SqliteSchema.OpenAsync(Name, time, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<IWriteTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await WriteTransaction.BeginAsync((SqliteConnection)connection, time, cancellationToken).ConfigureAwait(false);

    public override ValueTask<IDisposable> LockAsync(DbConnection connection, long run, CancellationToken cancellationToken)
    {
        RunLock.Sweep(Name);
        return RunLock.TakeAsync(Name, run, time, cancellationToken);
    }

    public override ValueTask<Func<long, bool>> WrittenAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Func<long, bool>>(run => RunLock.IsHeld(Name, run));

    public override IRecordWriter Write(DbConnection connection, long run, long lastNumber) => new SqliteWriter((SqliteConnection)connection, run, lastNumber, time);

    public override async ValueTask<IRecordReader> ReadAsync(CancellationToken cancellationToken) =>
        new SqliteReader((SqliteConnection)await OpenAsync(cancellationToken).ConfigureAwait(false));

    public override async IAsyncEnumerable<string> CheckAsync(DbConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = SqlFile.Command(connection, "sqlite.check");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.GetString(0) is not "ok" and var damage)
            {
                yield return $"SQLite says: {damage}.";
            }
        }
    }

    public override ValueTask ReclaimAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            using var free = SqlFile.Command(connection, "sqlite.select-free");
            if ((double)free.ExecuteScalar()! > MostFree)
            {
                SqlFile.Execute(connection, "sqlite.reclaim");
            }
        }
        catch (SqliteException)
        {
            // Others use the store, or the disk has no room for a second copy.
        }

        return ValueTask.CompletedTask;
    }

    public override UserErrorException? Explain(Exception fault) => SqliteFault.Explain(fault, Name);
}
