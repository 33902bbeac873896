using Assay.Storage.Sqlite;

namespace Assay.Storage;

/// <summary>
/// Runs in one SQLite file, made with its folder when the first run begins. Several processes of one machine may write at once;
/// a network file system will not do. An older file is brought to the current schema when it is opened, with a copy left beside
/// it (<c>runs.db.v1.bak</c>). Thread-safe.
/// </summary>
/// <param name="path">Of the file.</param>
/// <param name="time">For the waits on other writers.</param>
public sealed class SqliteRunStore(string path, TimeProvider time) : RunStore(new SqliteDatabase(path, time), time);
