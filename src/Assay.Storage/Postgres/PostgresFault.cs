using System.Net.Sockets;
using Npgsql;

namespace Assay.Storage.Postgres;

/// <summary>What the user can do about a failure of PostgreSQL. The server's own messages hold no password.</summary>
static class PostgresFault
{
    /// <summary>Null where the failure is a bug of ours.</summary>
    public static UserErrorException? Explain(Exception fault, string name) => fault switch
    {
        PostgresException e => Explain(e, name) is { } text ? new UserErrorException(text, e) : null,
        NpgsqlException or SocketException or TimeoutException or (IOException and not FileNotFoundException) => new UserErrorException(
            $"The run store '{name}' could not be reached: {fault.Message} What was stored before is intact. Check that PostgreSQL runs there and can be connected to, then resume the run.", fault),
        _ => null,
    };

    static string? Explain(PostgresException e, string name) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The run store '{name}' refuses the user: {e.MessageText}. Expected a user and a password that it knows. Give the user in the address, the password in PGPASSWORD.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The run store '{name}' is not there: {e.MessageText}. Expected a database. Make one (createdb), or name another.",
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"The run store '{name}' cannot be written: {e.MessageText}. Expected a user that may create the schema 'assay' in the database and write to it. Grant it that.",
        PostgresErrorCodes.DiskFull =>
            $"The disk is full: the run store '{name}' could not be written. What was stored before is intact. Make room and resume the run.",
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"The run store '{name}' cannot serve us now: {e.MessageText}. What was stored before is intact. Resume the run when it can.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            $"The run store '{name}' is damaged: {e.MessageText}. Restore it from a backup.",
        _ => null,
    };
}
