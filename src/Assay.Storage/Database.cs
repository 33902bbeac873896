using System.Data.Common;

namespace Assay.Storage;

/// <summary>What differs between the databases that runs are kept in.</summary>
abstract class Database
{
    /// <summary>As messages call it, without a password.</summary>
    public abstract string Name { get; }

    /// <summary>An open connection at the current schema, for one thread at a time; null where nothing was ever stored, and nothing is made.</summary>
    public abstract ValueTask<DbConnection?> FindAsync(CancellationToken cancellationToken);

    /// <summary>The same; makes the store when there is none.</summary>
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that changes the list of runs: one at a time in the whole store.</summary>
    public abstract ValueTask<IWriteTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>What tells others that the run is being written, for as long as this process lives. Taken within <see cref="BeginAsync"/>.</summary>
    public abstract ValueTask<IDisposable> LockAsync(DbConnection connection, long run, CancellationToken cancellationToken);

    /// <summary>Which runs are being written.</summary>
    public abstract ValueTask<Func<long, bool>> WrittenAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Takes over the connection.</summary>
    public abstract IRecordWriter Write(DbConnection connection, long run, long lastNumber);

    /// <summary>Opens what reads records; it holds no transaction between two pages, so that a reader who dawdles holds nothing up.</summary>
    public abstract ValueTask<IRecordReader> ReadAsync(CancellationToken cancellationToken);

    /// <summary>What the database finds damaged by itself.</summary>
    public abstract IAsyncEnumerable<string> CheckAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Gives the room of deleted runs back where it is much. Never fails: the room is used again by later runs.</summary>
    public abstract ValueTask ReclaimAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>What the user can do about a failure; null where it is a bug of ours.</summary>
    public abstract UserErrorException? Explain(Exception fault);

    /// <summary>A text as the database can hold it, and <see cref="Decode"/> back.</summary>
    public virtual string Encode(string text) => text;

    /// <summary>The text that was encoded.</summary>
    public virtual string Decode(string text) => text;
}

/// <summary>Rolled back when it is disposed without a commit.</summary>
interface IWriteTransaction : IAsyncDisposable
{
    ValueTask CommitAsync();
}

/// <summary>Writes the records of one run.</summary>
interface IRecordWriter : IAsyncDisposable
{
    /// <summary>In one transaction, which is on the disk when it returns.</summary>
    ValueTask WriteAsync(IReadOnlyList<RecordRow> records);

    /// <summary>The connection, for what ends the run.</summary>
    DbConnection Connection { get; }
}

/// <summary>Reads records, of one thread at a time.</summary>
interface IRecordReader : IAsyncDisposable
{
    /// <summary>The next records of a run; an empty page at its end.</summary>
    /// <param name="after">Number of the last record that was read.</param>
    /// <param name="last">Number that none of the run's records is beyond.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<RecordPage> ReadPageAsync(long after, long last, CancellationToken cancellationToken);
}
