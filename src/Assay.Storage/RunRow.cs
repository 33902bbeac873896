using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Results;

namespace Assay.Storage;

/// <summary>A row of the table runs, with what other tables tell of the run.</summary>
sealed record RunRow(long Number, RunSummary Summary)
{
    /// <summary>All runs, the newest first; or the one of this id.</summary>
    public static async ValueTask<List<RunRow>> SelectAsync(Database database, DbConnection connection, string? id, CancellationToken cancellationToken)
    {
        var isWritten = await database.WrittenAsync(connection, cancellationToken).ConfigureAwait(false);
        var rows = new List<RunRow>();
        await using (var command = SqlFile.Command(connection, "select-runs", ("@id", id is null ? null : database.Encode(id))))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(Read(reader, database, isWritten));
            }
        }

        var only = id is null ? null : (object?)(rows.Count == 0 ? -1L : rows[0].Number);
        var parts = await NamesAsync(database, connection, "select-parts", only, cancellationToken).ConfigureAwait(false);
        var tags = await NamesAsync(database, connection, "select-tags", only, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row with
        {
            Summary = row.Summary with { Tasks = Distinct(parts[row.Number], 0), Models = Distinct(parts[row.Number], 1), Tags = Distinct(tags[row.Number], 0) },
        })];
    }

    public static async ValueTask<long> InsertAsync(Database database, DbConnection connection, RunHeader header, CancellationToken cancellationToken)
    {
        await using var command = SqlFile.Command(
            connection,
            "insert-run",
            ("@id", database.Encode(header.Id)),
            ("@name", database.Encode(header.Name)),
            ("@command", database.Encode(header.Command)),
            ("@started", Text(header.Started)),
            ("@seed", header.Seed.ToString(CultureInfo.InvariantCulture)),
            ("@spec", database.Encode(header.Spec)),
            ("@data_hash", header.DataHash is { } hash ? database.Encode(hash) : null),
            ("@assay_version", database.Encode(header.AssayVersion)),
            ("@environment", database.Encode(header.Environment)));
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public static Task CompleteAsync(Database database, DbConnection connection, long run, RunCompletion completion, CancellationToken cancellationToken) => SqlFile.ExecuteAsync(
        connection,
        "complete-run",
        cancellationToken,
        ("@number", run),
        ("@first", RecordNumbers.Before(run)),
        ("@last", RecordNumbers.Last(run)),
        ("@state", Enum.GetName(completion.State)!.ToLowerInvariant()),
        ("@ended", Text(completion.Ended)),
        ("@verdict", completion.Verdict is { } verdict ? database.Encode(verdict) : null),
        ("@report", completion.ReportJson is { } report ? database.Encode(report) : null),
        ("@main_score", completion.MainScore is { } score ? database.Encode(JsonSerializer.Serialize(score, RunRowJson.Default.MainScore)) : null));

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Of a row of select-runs.</summary>
    public static RunRow Read(DbDataReader reader, Database database, Func<long, bool> isWritten)
    {
        var number = reader.GetInt64(0);
        var header = new RunHeader
        {
            Id = database.Decode(reader.GetString(1)),
            Name = database.Decode(reader.GetString(2)),
            Command = database.Decode(reader.GetString(3)),
            Started = Time(reader.GetString(4)),
            Seed = ulong.Parse(reader.GetString(5), CultureInfo.InvariantCulture),
            Spec = database.Decode(reader.GetString(6)),
            DataHash = TextOrNull(7),
            AssayVersion = database.Decode(reader.GetString(8)),
            Environment = database.Decode(reader.GetString(9)),
        };
        var state = Enum.Parse<RunState>(reader.GetString(10), ignoreCase: true);
        state = state == RunState.Running && !isWritten(number) ? RunState.Interrupted : state;
        var ended = TextOrNull(11) is { } text ? Time(text) : (DateTimeOffset?)null;
        return new RunRow(number, new RunSummary(header, state, ended, TextOrNull(12), reader.GetInt64(15))
        {
            Cost = reader.IsDBNull(13) ? null : reader.GetDouble(13),
            MainScore = TextOrNull(14) is { } score ? JsonSerializer.Deserialize(score, RunRowJson.Default.MainScore) : null,
        });

        string? TextOrNull(int column)
        {
            return reader.IsDBNull(column) ? null : database.Decode(reader.GetString(column));
        }
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static async ValueTask<ILookup<long, string[]>> NamesAsync(Database database, DbConnection connection, string statement, object? run, CancellationToken cancellationToken)
    {
        var names = new List<(long Run, string[] Names)>();
        await using var command = SqlFile.Command(connection, statement, ("@run", run));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            names.Add((reader.GetInt64(0), [.. Enumerable.Range(1, reader.FieldCount - 1).Select(column => database.Decode(reader.GetString(column)))]));
        }

        return names.ToLookup(row => row.Run, row => row.Names);
    }

    // An absent task is ''.
    static ImmutableArray<string> Distinct(IEnumerable<string[]> names, int column) => [.. names.Select(row => row[column]).Where(name => name.Length > 0).Distinct()];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MainScore))]
sealed partial class RunRowJson : JsonSerializerContext;
