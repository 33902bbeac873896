using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Storage.Sqlite;

/// <summary>A prepared statement without the layers of ADO.NET, which cost more than the work when a run has a million records.</summary>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;
    byte[] _text = new byte[256];

    public SqliteStatement(SqliteConnection connection, string name)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, SqlFile.Read(name), out _statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, double? value) =>
        Check(value is { } number ? raw.sqlite3_bind_double(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));

    public void Bind(int parameter, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        Bind(parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text)));
    }

    // An empty span is a null pointer, and that is NULL to SQLite.
    public void Bind(int parameter, ReadOnlySpan<byte> utf8) =>
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, utf8));

    /// <summary>True: there is a row. False: it is done, and can be run again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        Check(raw.sqlite3_reset(_statement));
        return false;
    }

    /// <summary>Ends it before its last row.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Text(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => raw.sqlite3_finalize(_statement);

    void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
