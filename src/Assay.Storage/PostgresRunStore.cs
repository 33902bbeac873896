using Assay.Storage.Postgres;

namespace Assay.Storage;

/// <summary>
/// Runs in a PostgreSQL database, in a schema of their own (<c>assay</c>), made when the first run begins. Any number of machines may write at once.
/// Thread-safe.
/// </summary>
/// <param name="address"><c>postgres://user@host:port/database</c> or <c>Host=...;Database=...</c>; a password may be in it, or in PGPASSWORD or a .pgpass file.</param>
/// <param name="time">For the waits.</param>
/// <exception cref="UserErrorException">The address cannot be read.</exception>
public sealed class PostgresRunStore(string address, TimeProvider time) : RunStore(new PostgresDatabase(address), time)
{
    /// <summary>Whether a text is the address of a PostgreSQL database, and not a path.</summary>
    public static bool IsAddress(string text) => PostgresAddress.Is(text);
}
