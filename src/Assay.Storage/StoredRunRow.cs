using System.Globalization;
using Assay.Results;
using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>A row of the table runs.</summary>
sealed record StoredRunRow(long Number, RunSummary Summary)
{
    public static IEnumerable<StoredRunRow> Select(SqliteConnection connection, string store, string? id)
    {
        using var command = SqlFile.Command(connection, "select-runs", ("$id", id));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Read(reader, store);
        }
    }

    public static long Insert(SqliteConnection connection, RunHeader header)
    {
        using var command = SqlFile.Command(
            connection,
            "insert-run",
            ("$id", header.Id),
            ("$name", header.Name),
            ("$command", header.Command),
            ("$started", Text(header.Started)),
            ("$seed", header.Seed.ToString(CultureInfo.InvariantCulture)),
            ("$spec", header.Spec),
            ("$data_hash", header.DataHash),
            ("$assay_version", header.AssayVersion),
            ("$environment", header.Environment));
        return (long)command.ExecuteScalar()!;
    }

    public static string Text(RunState state) => Enum.GetName(state)!.ToLowerInvariant();

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    static StoredRunRow Read(SqliteDataReader reader, string store)
    {
        var number = reader.GetInt64(0);
        var header = new RunHeader
        {
            Id = reader.GetString(1),
            Name = reader.GetString(2),
            Command = reader.GetString(3),
            Started = Time(reader.GetString(4)),
            Seed = ulong.Parse(reader.GetString(5), CultureInfo.InvariantCulture),
            Spec = reader.GetString(6),
            DataHash = TextOrNull(reader, 7),
            AssayVersion = reader.GetString(8),
            Environment = reader.GetString(9),
        };
        var state = Enum.Parse<RunState>(reader.GetString(10), ignoreCase: true);
        if (state == RunState.Running && !RunLock.IsHeld(store, number))
        {
            state = RunState.Interrupted;
        }

        var ended = TextOrNull(reader, 11) is { } text ? Time(text) : (DateTimeOffset?)null;
        return new StoredRunRow(number, new RunSummary(header, state, ended, TextOrNull(reader, 12), reader.GetInt64(13)));
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static string? TextOrNull(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
