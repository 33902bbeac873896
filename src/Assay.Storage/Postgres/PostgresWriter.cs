using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Storage.Postgres;

/// <summary>Copies each batch into a table of the connection, from which one statement takes it.</summary>
sealed class PostgresWriter(NpgsqlConnection connection, PostgresDatabase database, long run, long lastNumber) : IRecordWriter
{
    readonly Dictionary<PartKey, long> _parts = [];
    long _last = lastNumber;
    bool _isReady;

    public DbConnection Connection => connection;

    public async ValueTask WriteAsync(IReadOnlyList<RecordRow> records)
    {
        if (!_isReady)
        {
            await SqlFile.ExecuteAsync(connection, "postgres.stage-records", CancellationToken.None).ConfigureAwait(false);
            _isReady = true;
        }

        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        var rows = new List<(long Number, long Part, RecordRow Record)>(records.Count);
        foreach (var record in LastOfEach(records))
        {
            rows.Add((++_last, await PartAsync(record.Part).ConfigureAwait(false), record));
        }

        await CopyAsync(rows).ConfigureAwait(false);
        await SqlFile.ExecuteAsync(connection, "postgres.upsert-records", CancellationToken.None).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The server learns of the closing a moment after it, and whoever asks then would be told that the run is still written.
            await SqlFile.ExecuteAsync(connection, "postgres.unlock", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken: the server has let go of the lock already.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    // One statement may not touch a row twice: of several with one key the last, in the place of the first.
    static OrderedDictionary<(PartKey, string, int), RecordRow>.ValueCollection LastOfEach(IReadOnlyList<RecordRow> records)
    {
        var byKey = new OrderedDictionary<(PartKey, string, int), RecordRow>(records.Count);
        foreach (var record in records)
        {
            byKey[(record.Part, record.Id, record.Repeat)] = record;
        }

        return byKey.Values;
    }

    async Task CopyAsync(List<(long Number, long Part, RecordRow Record)> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync(SqlFile.Read("postgres.copy-records")).ConfigureAwait(false);
        foreach (var (number, part, record) in rows)
        {
            await copy.StartRowAsync().ConfigureAwait(false);
            await copy.WriteAsync(number, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(part, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(database.Encode(record.Id), NpgsqlDbType.Text).ConfigureAwait(false);
            await copy.WriteAsync(record.Repeat, NpgsqlDbType.Integer).ConfigureAwait(false);
            await copy.WriteAsync((long)RecordRow.Checksum(record.Json), NpgsqlDbType.Bigint).ConfigureAwait(false);
            if (record.Cost is { } cost)
            {
                await copy.WriteAsync(cost, NpgsqlDbType.Double).ConfigureAwait(false);
            }
            else
            {
                await copy.WriteNullAsync().ConfigureAwait(false);
            }

            await copy.WriteAsync(record.Json, NpgsqlDbType.Text).ConfigureAwait(false);
        }

        await copy.CompleteAsync().ConfigureAwait(false);
    }

    async ValueTask<long> PartAsync(PartKey key)
    {
        if (!_parts.TryGetValue(key, out var part))
        {
            await using var command = SqlFile.Command(
                connection, "upsert-part", ("@run", run), ("@stage", database.Encode(key.Stage)), ("@task", database.Encode(key.Task)), ("@model", database.Encode(key.Model)), ("@filter", database.Encode(key.Filter)));
            part = (long)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
            _parts.Add(key, part);
        }

        return part;
    }
}
