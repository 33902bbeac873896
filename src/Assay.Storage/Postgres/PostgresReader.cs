using Npgsql;

namespace Assay.Storage.Postgres;

/// <summary>Reads records page by page. Takes over the connection.</summary>
sealed class PostgresReader(NpgsqlConnection connection) : IRecordReader
{
    public async ValueTask<RecordPage> ReadPageAsync(long after, long last, CancellationToken cancellationToken)
    {
        await using var command = SqlFile.Command(connection, "postgres.select-records", ("@after", after), ("@last", last), ("@limit", RecordPage.MostRecords));
        await using var reader = (NpgsqlDataReader)await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var page = new RecordPage();
        while (!page.IsFull && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            page.Add(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        }

        return page;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
