using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Assay.Storage.Postgres;

/// <summary>The schema <c>assay</c> of a PostgreSQL database.</summary>
sealed class PostgresDatabase : Database
{
    /// <summary>First key of our advisory locks: 'Assa'.</summary>
    public const int LockClass = 0x41737361;

    // The second key of the lock that changes to the list of runs take; runs are numbered from 1.
    const int StoreLock = 0;

    readonly string _reading;
    readonly string _writing;

    public PostgresDatabase(string address)
    {
        var builder = PostgresAddress.Parse(address);
        builder.SearchPath = "assay";
        builder.ApplicationName ??= "assay";
        Name = PostgresAddress.Describe(builder);
        _reading = builder.ConnectionString;

        // A connection of the pool keeps its locks after it was closed.
        builder.Pooling = false;
        _writing = builder.ConnectionString;
    }

    public override string Name { get; }

    public override async ValueTask<DbConnection?> FindAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(_reading, cancellationToken).ConfigureAwait(false);
        if (await PostgresSchema.ReadVersionAsync(connection, Name, cancellationToken).ConfigureAwait(false) > 0)
        {
            return connection;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(_writing, cancellationToken).ConfigureAwait(false);
        try
        {
            await PostgresSchema.EnsureAsync(connection, Name, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async ValueTask<IWriteTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await ((NpgsqlConnection)connection).BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await SqlFile.ExecuteAsync(connection, "postgres.lock-store", cancellationToken, ("@class", LockClass), ("@lock", StoreLock)).ConfigureAwait(false);
        return new PostgresTransaction(transaction);
    }

    public override async ValueTask<IDisposable> LockAsync(DbConnection connection, long run, CancellationToken cancellationToken)
    {
        // Held until the connection ends, in whatever way. Its second key has 32 bits; so many runs were begun by nobody.
        await SqlFile.ExecuteAsync(connection, "postgres.lock-run", cancellationToken, ("@class", LockClass), ("@lock", checked((int)run))).ConfigureAwait(false);
        return connection;
    }

    public override async ValueTask<Func<long, bool>> WrittenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var held = new HashSet<long>();
        await using var command = SqlFile.Command(connection, "postgres.select-held", ("@class", (long)LockClass));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            held.Add(reader.GetInt64(0));
        }

        return held.Contains;
    }

    public override IRecordWriter Write(DbConnection connection, long run, long lastNumber) => new PostgresWriter((NpgsqlConnection)connection, this, run, lastNumber);

    public override async ValueTask<IRecordReader> ReadAsync(CancellationToken cancellationToken) =>
        new PostgresReader(await ConnectAsync(_reading, cancellationToken).ConfigureAwait(false));

    // PostgreSQL reports a damaged page when it is read, where the cluster has checksums; reading every record follows.
    public override async IAsyncEnumerable<string> CheckAsync(DbConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    // Autovacuum does it.
    public override ValueTask ReclaimAsync(DbConnection connection, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override UserErrorException? Explain(Exception fault) => PostgresFault.Explain(fault, Name);

    // A text of PostgreSQL holds every character but U+0000, and no lone surrogate.
    public override string Encode(string text) => text.AsSpan().IndexOfAny('\\', '\0') < 0 && !text.Any(char.IsSurrogate)
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);

    public override string Decode(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            decoded.Append(text[i] != '\\' ? text[i] : text[++i] == '0' ? '\0' : '\\');
        }

        return decoded.ToString();
    }

    static async ValueTask<NpgsqlConnection> ConnectAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
