using Microsoft.Data.Sqlite;

namespace Assay.Storage.Sqlite;

/// <summary>The prepared statement through which records come. Takes over the connection.</summary>
sealed class SqliteReader(SqliteConnection connection) : IRecordReader
{
    readonly SqliteStatement _select = new(connection, "sqlite.select-records");

    public ValueTask<RecordPage> ReadPageAsync(long after, long last, CancellationToken cancellationToken)
    {
        var page = new RecordPage();
        try
        {
            _select.Bind(1, after);
            _select.Bind(2, last);
            while (!page.IsFull && _select.Step())
            {
                page.Add(_select.Integer(0), _select.IsNull(1) ? null : _select.Integer(1), _select.Text(2));
            }

            return ValueTask.FromResult(page);
        }
        catch
        {
            page.Dispose();
            throw;
        }
        finally
        {
            // Ends the statement's transaction.
            _select.Reset();
        }
    }

    public ValueTask DisposeAsync()
    {
        _select.Dispose();
        return connection.DisposeAsync();
    }
}
