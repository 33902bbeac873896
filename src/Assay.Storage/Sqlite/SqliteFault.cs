using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Storage.Sqlite;

/// <summary>What the user can do about a failure of the store's file.</summary>
static class SqliteFault
{
    // The shared-memory file beside the store could not grow: SQLite's word for a disk that filled up while opening.
    const int SharedMemorySize = 4874;

    /// <summary>Null where the failure is a bug of ours.</summary>
    public static UserErrorException? Explain(Exception fault, string path) => fault switch
    {
        SqliteException e => Explain(e, path) is { } text ? new UserErrorException(text, e) : null,
        IOException or UnauthorizedAccessException => new UserErrorException(
            $"The run store '{path}' cannot be written: {fault.Message} Its folder must be writable. Make it so, or name another store.", fault),
        _ => null,
    };

    static string? Explain(SqliteException e, string path) => e switch
    {
        { SqliteErrorCode: raw.SQLITE_NOTADB } =>
            $"'{path}' is not a run store: it is not a SQLite database. Expected a file made by Assay, or none. Name another file.",
        { SqliteErrorCode: raw.SQLITE_CORRUPT } =>
            $"The run store '{path}' is damaged ({e.Message}). Restore it from a backup, or save what can be read: assay runs salvage --to FOLDER --store '{path}'",
        { SqliteErrorCode: raw.SQLITE_FULL } or { SqliteExtendedErrorCode: SharedMemorySize } =>
            $"The disk is full: the run store '{path}' could not be written. What was stored before is intact. Make room and resume the run.",
        { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } =>
            $"The run store '{path}' cannot be opened for writing ({e.Message}). The file and its folder must be writable, for SQLite keeps " +
            "its log beside it. Change their permissions, copy the store elsewhere, or name another one.",
        { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } =>
            $"The run store '{path}' was locked by another process for 30 seconds. End that process, or name another store.",
        { SqliteErrorCode: raw.SQLITE_IOERR } =>
            $"The run store '{path}' could not be read or written ({e.Message}). Check the disk, then resume the run.",
        _ => null,
    };
}
