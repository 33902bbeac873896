using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Storage.Sqlite;

/// <summary>The prepared statement through which a run's records go.</summary>
sealed class SqliteWriter(SqliteConnection connection, long run, long lastNumber, TimeProvider time) : IRecordWriter
{
    readonly SqliteStatement _upsert = new(connection, "sqlite.upsert-record");
    readonly Dictionary<PartKey, long> _parts = [];
    long _last = lastNumber;

    public DbConnection Connection => connection;

    public async ValueTask WriteAsync(IReadOnlyList<RecordRow> records)
    {
        await using var transaction = await WriteTransaction.BeginAsync(connection, time, CancellationToken.None).ConfigureAwait(false);
        foreach (var record in records)
        {
            Upsert(record);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _upsert.Dispose();
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    void Upsert(in RecordRow record)
    {
        _upsert.Bind(1, ++_last);
        _upsert.Bind(2, PartOf(record.Part));
        _upsert.Bind(3, record.Id);
        _upsert.Bind(4, record.Repeat);
        _upsert.Bind(5, RecordRow.Checksum(record.Json));
        _upsert.Bind(6, record.Cost);
        _upsert.Bind(7, record.Json);
        _upsert.Step();
    }

    long PartOf(PartKey key)
    {
        if (!_parts.TryGetValue(key, out var part))
        {
            using var command = SqlFile.Command(
                connection, "upsert-part", ("@run", run), ("@stage", key.Stage), ("@task", key.Task), ("@model", key.Model), ("@filter", key.Filter));
            part = (long)command.ExecuteScalar()!;
            _parts.Add(key, part);
        }

        return part;
    }
}
