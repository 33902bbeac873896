using Npgsql;

namespace Assay.Storage.Postgres;

/// <summary>Rolled back when it is disposed without a commit.</summary>
sealed class PostgresTransaction(NpgsqlTransaction transaction) : IWriteTransaction
{
    public async ValueTask CommitAsync() => await transaction.CommitAsync().ConfigureAwait(false);

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
