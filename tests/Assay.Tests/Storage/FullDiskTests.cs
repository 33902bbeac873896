using Assay.Models;
using Assay.Results;
using Assay.Storage;
using Record = Assay.Results.Record;

namespace Assay.Tests.Storage;

public class FullDiskTests
{
    static readonly RunHeader _header = new()
    {
        Id = "1",
        Name = "n",
        Command = "run",
        Started = DateTimeOffset.UnixEpoch,
        Seed = 1,
        Spec = "s",
        AssayVersion = "0.1.0",
        Environment = "e",
    };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_said_at_append_and_at_complete_and_what_was_stored_stays()
    {
        using var disk = new SmallDisk("8m");
        var store = new SqliteRunStore(disk.Store, TimeProvider.System);
        await using (var log = await store.BeginAsync(_header, Cancellation))
        {
            await AppendAsync(log, 0, 100);
            while ((await store.ReadAsync("1", Cancellation))!.Summary.RecordCount < 100)
            {
                await Task.Yield();
            }

            disk.Fill(1_000_000);
            var error = await Assert.ThrowsAsync<UserErrorException>(() => AppendAsync(log, 100, int.MaxValue));
            Assert.Contains($"The disk is full: the run store '{disk.Store}'", error.Message, StringComparison.Ordinal);
            error = await Assert.ThrowsAsync<UserErrorException>(async () => await log.CompleteAsync(Done, Cancellation));
            Assert.Contains("The disk is full", error.Message, StringComparison.Ordinal);
        }

        disk.MakeRoom();
        var run = (await store.ReadAsync("1", Cancellation))!;
        Assert.Equal(RunState.Interrupted, run.Summary.State);
        var ids = await run.Records.Select(record => record.Id).ToListAsync(Cancellation);
        Assert.InRange(ids.Count, 100, int.MaxValue);
        Assert.Equal(Enumerable.Range(0, ids.Count).Select(i => $"{i}"), ids);

        await using (var log = await store.BeginAsync(_header with { Resume = true }, Cancellation))
        {
            await AppendAsync(log, ids.Count, ids.Count + 100);
            await log.CompleteAsync(Done, Cancellation);
        }

        Assert.Equal(ids.Count + 100, (await store.ReadAsync("1", Cancellation))!.Summary.RecordCount);
    }

    [Fact]
    public async Task A_disk_that_is_full_before_the_run_begins_is_said()
    {
        using var disk = new SmallDisk("1m");
        disk.Fill(0);
        var store = new SqliteRunStore(disk.Store, TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.BeginAsync(_header, Cancellation));
        Assert.Contains("disk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said()
    {
        using var disk = new SmallDisk("4m");
        var store = new SqliteRunStore(disk.Store, TimeProvider.System);
        await using (await store.BeginAsync(_header, Cancellation))
        {
        }

        disk.MakeReadOnly();
        foreach (var other in new[] { store, new SqliteRunStore(disk.Store + "2", TimeProvider.System), new SqliteRunStore(disk.Store + "-folder/runs.db", TimeProvider.System) })
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(async () => await other.BeginAsync(_header with { Id = "2" }, Cancellation));
            Assert.Contains("must be writable", error.Message, StringComparison.Ordinal);
        }
    }

    static RunCompletion Done => new(RunState.Done, null, DateTimeOffset.UnixEpoch, null);

    static async Task AppendAsync(IRunLog log, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var record = new Record { Id = $"{i}", Stage = "evaluate", Model = "m", Output = new string('x', 500), Outcome = Outcome.Ok };
            await log.AppendAsync(record, Cancellation);
        }
    }
}
