using Microsoft.Data.Sqlite;

namespace Assay.Storage;

// The statements of Sql/*.sql, embedded under their file names.
static class SqlFile
{
    public static string Read(string name)
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream($"{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static SqliteCommand Command(SqliteConnection connection, string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = Read(name);
        foreach (var (parameter, value) in parameters)
        {
            command.Parameters.AddWithValue(parameter, value ?? DBNull.Value);
        }

        return command;
    }

    public static void Execute(SqliteConnection connection, string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, name, parameters);
        command.ExecuteNonQuery();
    }
}
