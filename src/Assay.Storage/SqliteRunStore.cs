using Assay.Results;
using Assay.Storage.Sqlite;

namespace Assay.Storage;

/// <summary>
/// Runs in one SQLite file, made with its folder when the first run begins. Several processes of one machine may write at once;
/// a network file system will not do. An older file is brought to the current schema when it is opened, with a copy left beside
/// it (<c>runs.db.v1.bak</c>). Thread-safe.
/// </summary>
/// <param name="path">Of the file.</param>
/// <param name="time">For the waits on other writers.</param>
public sealed class SqliteRunStore(string path, TimeProvider time) : RunStore(new SqliteDatabase(path, time), time)
{
    /// <summary>
    /// What can be read of a damaged file, around the pages that SQLite refuses and the records whose checksum is another. Nothing is changed. A run whose
    /// own row is lost is called <c>salvaged-1</c>, by its number. Records are read while they are enumerated, by one thread at a time.
    /// </summary>
    /// <param name="path">Of the file, of the current schema.</param>
    /// <param name="save">Gets each run.</param>
    /// <exception cref="UserErrorException">It is no store, or nothing of it can be read.</exception>
    public static async Task SalvageAsync(string path, Func<StoredRun, Task> save)
    {
        ArgumentNullException.ThrowIfNull(save);
        var database = new SqliteDatabase(path, TimeProvider.System);
        try
        {
            await using var connection = SqliteSchema.OpenToSalvage(database.Name);
            foreach (var run in new SqliteSalvage(connection, database).Runs())
            {
                await save(run).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (database.Explain(e) is { } error)
        {
            throw error;
        }
    }
}
