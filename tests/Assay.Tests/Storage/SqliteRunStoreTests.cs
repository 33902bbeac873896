using Assay.Results;
using Assay.Storage;
using Assay.Tests.Conformance;
using Microsoft.Data.Sqlite;

namespace Assay.Tests.Storage;

public sealed class SqliteRunStoreTests : RunStoreConformance, IDisposable
{
    readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IRunStore Open() => new SqliteRunStore(_folder.Store, TimeProvider.System);

    protected override void Damage() => Execute("""UPDATE records SET json = replace(json, '"answer":"yes"', '"answer":"nay"') WHERE id = '2'""");

    [Fact]
    public async Task Asking_makes_no_file()
    {
        Assert.Empty(await Open().ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Empty(FilesBeside());
    }

    [Fact]
    public async Task A_closed_store_is_one_file()
    {
        await Write(Header("1"), Done, Sample(1));
        Assert.Equal(["runs.db"], FilesBeside());
    }

    [Fact]
    public async Task The_folder_is_made_when_it_is_missing()
    {
        var store = new SqliteRunStore(Path.Combine(Path.GetDirectoryName(_folder.Store)!, "a", "b", "runs.db"), TimeProvider.System);
        await using var log = await store.BeginAsync(Header("1"), Cancellation);
        Assert.Equal("1", (await store.ListAsync(Cancellation).SingleAsync(Cancellation)).Header.Id);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("not a database\n", 100));
        await File.WriteAllTextAsync(_folder.Store, text, Cancellation);
        Assert.Contains($"'{_folder.Store}' is not a run store: it is not a SQLite database", await ErrorOfBegin(Header("1")), StringComparison.Ordinal);
        Assert.Contains("is not a run store", await ErrorOfList(), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_folder.Store, Cancellation));
    }

    [Fact]
    public async Task Another_programs_database_is_named_and_left_alone()
    {
        Execute("CREATE TABLE bookmarks (url TEXT)");
        var before = await File.ReadAllBytesAsync(_folder.Store, Cancellation);
        Assert.Contains("of another program", await ErrorOfBegin(Header("1")), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Store, Cancellation));
    }

    [Fact]
    public async Task A_newer_schema_is_named_and_left_alone()
    {
        await Write(Header("1"), Done);
        Execute("PRAGMA user_version = 99");
        Assert.Contains("has schema 99; this version of Assay knows up to 4", await ErrorOfList(), StringComparison.Ordinal);
        Assert.Contains("has schema 99", await ErrorOfBegin(Header("2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_named_with_the_way_out()
    {
        await Write(Header("1"), Done, Enumerable.Range(0, 2_000).Select(Sample));
        var bytes = await File.ReadAllBytesAsync(_folder.Store, Cancellation);
        bytes.AsSpan(4096).Fill(0x5a);
        await File.WriteAllBytesAsync(_folder.Store, bytes, Cancellation);
        var error = await ErrorOfList();
        Assert.Contains($"'{_folder.Store}' is damaged", error, StringComparison.Ordinal);
        Assert.Contains("assay runs salvage", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_short_is_named_as_damaged()
    {
        await Write(Header("1"), Done, Enumerable.Range(0, 2_000).Select(Sample));
        using (var file = File.OpenWrite(_folder.Store))
        {
            file.SetLength(3 * 4096);
        }

        await Assert.ThrowsAsync<UserErrorException>(() => RecordsOf("1"));
    }

    [Fact]
    public async Task An_older_store_is_migrated_with_its_runs_and_a_copy_of_it_is_kept()
    {
        Execute(Sql("0001-runs") + "PRAGMA application_id = 1098085217; PRAGMA user_version = 1;" + """
            INSERT INTO runs (id, name, command, started, seed, spec, assay_version, environment, state)
            VALUES ('old', 'n', 'run', '2026-01-01T00:00:00.0000000Z', '7', 's', '0.0.9', 'e', 'cancelled');
            """);
        await Write(Header("new"), Done, Sample(1));
        Assert.Equal(["new", "old"], (await Open().ListAsync(Cancellation).ToListAsync(Cancellation)).Select(run => run.Header.Id));
        Assert.Equal(["runs.db", "runs.db.v1.bak"], FilesBeside());
        Assert.Equal(1L, Execute("PRAGMA user_version", _folder.Store + ".v1.bak"));
        Assert.Equal("old", Execute("SELECT id FROM runs", _folder.Store + ".v1.bak"));
    }

    [Fact]
    public async Task Records_of_a_store_without_repeats_are_migrated_in_their_order()
    {
        Execute(Sql("0001-runs") + Sql("0002-records") + "PRAGMA application_id = 1098085217; PRAGMA user_version = 2;" + $$"""
            INSERT INTO runs (id, name, command, started, seed, spec, assay_version, environment, state)
            VALUES ('old', 'n', 'run', '2026-01-01T00:00:00.0000000Z', '7', 's', '0.0.9', 'e', 'cancelled');
            INSERT INTO records (run, stage, task, model, filter, id, json) VALUES
                (1, 'evaluate', '', 'sequential', '', '2', '{{RecordJson.Serialize(Sample(2))}}'),
                (1, 'evaluate', '', 'sequential', '', '1', '{{RecordJson.Serialize(Sample(1))}}');
            """);
        Assert.Equal([RecordJson.Serialize(Sample(2)), RecordJson.Serialize(Sample(1))], await RecordsOf("old"));
        Assert.Equal(["runs.db", "runs.db.v2.bak"], FilesBeside());
        await Write(Header("new"), Done, Sample(1) with { Repeat = 1 }, Sample(1) with { Repeat = 2 });
        Assert.Equal(2, (await RecordsOf("new")).Length);
    }

    [Fact]
    public async Task Runs_that_were_written_in_turns_by_schema_3_are_migrated_each_in_its_order()
    {
        var records = Enumerable.Range(0, 40).Select(i => Sample(i / 2) with { Task = i % 4 < 2 ? "t" : null, Filter = i % 4 < 2 ? "f" : null, Repeat = i % 2 == 0 ? null : 7 }).ToArray();
        var rows = records.Select((record, i) =>
            $"({(i % 3 == 0 ? 1 : 2)}, 'evaluate', '{record.Task}', 'sequential', '{record.Filter}', '{record.Id}', {record.Repeat ?? 0}, '{RecordJson.Serialize(record)}')");
        Execute(Sql("0001-runs") + Sql("0002-records") + Sql("0003-repeats") + "PRAGMA application_id = 1098085217; PRAGMA user_version = 3;" + $"""
            INSERT INTO runs (id, name, command, started, seed, spec, assay_version, environment, state, record_count) VALUES
                ('one', 'n', 'run', '2026-01-01T00:00:00.0000000Z', '7', 's', '0.0.9', 'e', 'done', 14),
                ('two', 'n', 'run', '2026-01-02T00:00:00.0000000Z', '7', 's', '0.0.9', 'e', 'cancelled', 26);
            INSERT INTO records (run, stage, task, model, filter, id, repeat, json) VALUES {string.Join(", ", rows)};
            """);
        Assert.Equal(records.Where((_, i) => i % 3 == 0).Select(RecordJson.Serialize), await RecordsOf("one"));
        Assert.Equal(records.Where((_, i) => i % 3 != 0).Select(RecordJson.Serialize), await RecordsOf("two"));
        Assert.Equal(["t"], (await Read("two")).Summary.Tasks);
        Assert.Empty(await ((IRunArchive)Open()).CheckAsync(Cancellation).ToListAsync(Cancellation));
        await using (var log = await Open().BeginAsync(new RunHeader { Id = "two", Name = "n", Command = "run", Started = Noon, Seed = 7, Spec = "s", AssayVersion = "1", Environment = "e", Resume = true }, Cancellation))
        {
            await log.AppendAsync(records[1] with { Answer = "new" }, Cancellation);
            await log.AppendAsync(Sample(99), Cancellation);
            await log.CompleteAsync(Done, Cancellation);
        }

        Assert.Equal(27, (await Read("two")).Summary.RecordCount);
        Assert.Equal(["runs.db", "runs.db.v3.bak"], FilesBeside());
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_named()
    {
        await Write(Header("1"), Done, Sample(1));
        Execute("""UPDATE records SET json = '{"id"', crc = NULL""");
        Assert.Contains("'{\"id\"' is not a record", (await Assert.ThrowsAsync<UserErrorException>(() => RecordsOf("1"))).Message, StringComparison.Ordinal);
    }

    async Task<string> ErrorOfList() =>
        (await Assert.ThrowsAsync<UserErrorException>(async () => await Open().ListAsync(Cancellation).ToListAsync(Cancellation))).Message;

    string[] FilesBeside() => [.. Directory.GetFiles(Path.GetDirectoryName(_folder.Store)!).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    static string Sql(string name)
    {
        using var reader = new StreamReader(typeof(SqliteRunStore).Assembly.GetManifestResourceStream($"sqlite.{name}.sql")!);
        return reader.ReadToEnd();
    }

    object? Execute(string sql, string? path = null)
    {
        using var connection = new SqliteConnection($"Data Source={path ?? _folder.Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
