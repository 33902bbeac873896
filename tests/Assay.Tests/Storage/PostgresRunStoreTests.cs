using Assay.Results;
using Assay.Storage;
using Assay.Tests.Conformance;

namespace Assay.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresRunStoreTests(PostgresServer server) : RunStoreConformance
{
    string Address => field ??= server.MakeDatabase();

    protected override IRunStore Open() => new PostgresRunStore(Address, TimeProvider.System);

    protected override void Damage() => PostgresServer.Execute(Address, """UPDATE assay.records SET json = replace(json, '"answer":"yes"', '"answer":"nay"') WHERE id = '2'""");

    [Fact]
    public async Task Asking_makes_nothing()
    {
        Assert.Empty(await Open().ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal(0L, PostgresServer.Execute(Address, "SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'assay'"));
    }

    [Fact]
    public async Task The_connection_string_of_the_library_does_as_well()
    {
        await Write(Header("1"), Done, Sample(1));
        var uri = new Uri(Address);
        var store = RunStore.Open($"Host={uri.Host};Port={uri.Port};Username=assay;Password={PostgresServer.Password};Database={uri.AbsolutePath[1..]}", TimeProvider.System);
        Assert.Equal("1", (await store.ListAsync(Cancellation).SingleAsync(Cancellation)).Header.Id);
    }

    [Fact]
    public async Task A_newer_schema_is_named_and_left_alone()
    {
        await Write(Header("1"), Done);
        PostgresServer.Execute(Address, "UPDATE assay.schema_version SET version = 99");
        Assert.Contains("has schema 99; this version of Assay knows up to 1", await ErrorOfBegin(Header("2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        var store = new PostgresRunStore(Address.Replace(PostgresServer.Password, "guess-me", StringComparison.Ordinal), TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.BeginAsync(Header("1"), Cancellation));
        Assert.Contains("refuses the user", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-me", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("guess-me", store.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said()
    {
        var store = new PostgresRunStore(Address + "-none", TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Contains("is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said()
    {
        var store = new PostgresRunStore("postgres://assay@127.0.0.1:1/none", TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.BeginAsync(Header("1"), Cancellation));
        Assert.Contains("'postgres://127.0.0.1:1/none' could not be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_may_not_write_is_told_so()
    {
        PostgresServer.Execute(Address, $"CREATE ROLE {new Uri(Address).AbsolutePath[1..]}_reader LOGIN PASSWORD '{PostgresServer.Password}'");
        var store = new PostgresRunStore(Address.Replace("assay:", $"{new Uri(Address).AbsolutePath[1..]}_reader:", StringComparison.Ordinal), TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.BeginAsync(Header("1"), Cancellation));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_the_server_ends_fails_the_run_with_what_was_stored_intact()
    {
        await using (var log = await Open().BeginAsync(Header("1"), Cancellation))
        {
            await log.AppendAsync(Sample(1), Cancellation);
            while ((await Read("1")).Summary.RecordCount < 1)
            {
                await Task.Yield();
            }

            PostgresServer.Execute(Address, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
            var error = await Assert.ThrowsAsync<UserErrorException>(async () =>
            {
                for (var i = 2; ; i++)
                {
                    await log.AppendAsync(Sample(i), Cancellation);
                }
            });
            Assert.Contains("What was stored before is intact", error.Message, StringComparison.Ordinal);
        }

        var run = await Read("1");
        Assert.Equal(RunState.Interrupted, run.Summary.State);
        Assert.Equal("1", (await run.Records.FirstAsync(Cancellation)).Id);
        await using (var log = await Open().BeginAsync(Header("1") with { Resume = true }, Cancellation))
        {
            await log.CompleteAsync(Done, Cancellation);
        }
    }

    [Fact]
    public async Task A_killed_writer_leaves_what_was_acknowledged_and_a_run_that_can_be_resumed()
    {
        using var writer = new WriterProcess(Address, "1", int.MaxValue, 0);
        await writer.ReadAsync(2_000, Cancellation);
        var seen = (await Read("1")).Summary;
        await writer.KillAsync(Cancellation);
        while ((await Read("1")).Summary.State == RunState.Running)
        {
            await Task.Yield();
        }

        var run = await Read("1");
        Assert.InRange(run.Summary.RecordCount, seen.RecordCount, writer.Taken + 1);
        Assert.Equal(Enumerable.Range(0, (int)run.Summary.RecordCount).Select(i => $"{i}"), (await run.Scores.ToListAsync(Cancellation)).Select(record => record.Id));
        await using var log = await Open().BeginAsync(seen.Header with { Resume = true }, Cancellation);
        await log.CompleteAsync(Done, Cancellation);
    }

    [Theory]
    [InlineData("postgres://u:p%40ss@db.example:6543/runs?sslmode=verify-full", "postgres://db.example:6543/runs")]
    [InlineData("postgresql://u@db.example/runs", "postgres://db.example:5432/runs")]
    [InlineData("Host=db.example;Database=runs;Username=u;Password=p@ss", "postgres://db.example:5432/runs")]
    public void An_address_is_shown_without_user_and_password(string address, string shown) =>
        Assert.Equal(shown, RunStore.Open(address, TimeProvider.System).Name);

    [Theory]
    [InlineData("postgres://u:secret@/runs")]
    [InlineData("postgres://u:secret@h:port/runs")]
    [InlineData("postgres://u:secret@h/runs?secret")]
    [InlineData("Host=h;Passwort=secret")]
    public void An_address_that_cannot_be_read_is_told_without_its_text(string address)
    {
        var error = Assert.Throws<UserErrorException>(() => RunStore.Open(address, TimeProvider.System));
        Assert.Contains("address of the PostgreSQL store cannot be read", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
