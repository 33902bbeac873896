using System.Collections.Concurrent;
using System.Data.Common;

namespace Assay.Storage;

// The statements of Sql/, embedded under their file names; those of one database only have its name before them.
static class SqlFile
{
    static readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public static string Read(string name) => _texts.GetOrAdd(name, static name =>
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream($"{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    public static DbCommand Command(DbConnection connection, string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = Read(name);
        foreach (var (key, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = key;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static void Execute(DbConnection connection, string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, name, parameters);
        command.ExecuteNonQuery();
    }

    public static Task ExecuteAsync(DbConnection connection, string name, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        ExecuteAsync(Command(connection, name, parameters), cancellationToken);

    static async Task ExecuteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
