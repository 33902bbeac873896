using Assay.Models;
using Assay.Results;
using Record = Assay.Results.Record;

namespace Assay.Tests.Conformance;

/// <summary>What every run store must do. A test class of a store derives from it.</summary>
public abstract partial class RunStoreConformance
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Noon { get; } = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1);

    /// <summary>Another instance over the same store each time: nothing may be kept in memory.</summary>
    protected abstract IRunStore Open();

    /// <summary>Changes the answer of record 2 from yes to nay behind the store's back.</summary>
    protected abstract void Damage();

    protected static RunHeader Header(string id, int minute = 0) => new()
    {
        Id = id,
        Name = "loan-default",
        Command = "run",
        Started = Noon.AddMinutes(minute),
        Seed = ulong.MaxValue,
        Spec = "name: loan-default\n# 'quoted' \"twice\" 贷款 😀\n",
        DataHash = "0f",
        AssayVersion = "0.1.0",
        Environment = """{"os":"Linux"}""",
    };

    protected static Record Sample(int number) => new() { Id = $"{number}", Stage = "evaluate", Model = "sequential", Answer = "yes", Outcome = Outcome.Ok };

    protected static RunCompletion Done => new(RunState.Done, "pass", Noon.AddHours(1), """{"assay":"0.1.0"}""");

    // Lists are compared apart: two of equal names are not equal.
    public static RunSummary Bare(RunSummary run) => run with { Models = [], Tasks = [], Tags = [] };

    protected async Task<StoredRun> Read(string id) => await Open().ReadAsync(id, Cancellation) ?? throw new InvalidOperationException($"no run {id}");

    protected async Task<string[]> RecordsOf(string id) => [.. (await (await Read(id)).Records.ToListAsync(Cancellation)).Select(RecordJson.Serialize)];

    protected async Task Write(RunHeader header, RunCompletion? completion, params IEnumerable<Record> records)
    {
        await using var log = await Open().BeginAsync(header, Cancellation);
        foreach (var record in records)
        {
            await log.AppendAsync(record, Cancellation);
        }

        if (completion is not null)
        {
            await log.CompleteAsync(completion, Cancellation);
        }
    }

    protected async Task<string> ErrorOfBegin(RunHeader header) =>
        (await Assert.ThrowsAsync<UserErrorException>(async () => await Open().BeginAsync(header, Cancellation))).Message;

    [Fact]
    public async Task A_store_nobody_wrote_to_has_no_runs()
    {
        Assert.Empty(await Open().ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Null(await Open().ReadAsync("1", Cancellation));
    }

    [Fact]
    public async Task A_completed_run_is_read_back_whole()
    {
        await Write(Header("1"), Done, Sample(1), Sample(2));
        var run = await Read("1");
        Assert.Equal(new RunSummary(Header("1"), RunState.Done, Noon.AddHours(1), "pass", 2), Bare(run.Summary));
        Assert.Equal(Done.ReportJson, run.ReportJson);
        Assert.Equal([RecordJson.Serialize(Sample(1)), RecordJson.Serialize(Sample(2))], await RecordsOf("1"));
        Assert.Equal([Bare(run.Summary)], (await Open().ListAsync(Cancellation).ToListAsync(Cancellation)).Select(Bare));
    }

    [Fact]
    public async Task What_may_be_null_is_read_back_as_null()
    {
        var header = Header("1") with { DataHash = null };
        await Write(header, new RunCompletion(RunState.Cancelled, null, Noon, null));
        var run = await Read("1");
        Assert.Equal(new RunSummary(header, RunState.Cancelled, Noon, null, 0), Bare(run.Summary));
        Assert.Null(run.ReportJson);
        Assert.Empty(await RecordsOf("1"));
        Assert.Null(await Open().ReadAsync("2", Cancellation));
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_whatever_their_offset_from_utc()
    {
        await Write(Header("late", 2), Done);
        await Write(Header("early", 0) with { Started = Noon.ToOffset(TimeSpan.FromHours(8)) }, Done);
        await Write(Header("middle", 1), Done);
        var runs = await Open().ListAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(["late", "middle", "early"], runs.Select(run => run.Header.Id));
        Assert.Equal(TimeSpan.Zero, runs[2].Header.Started.Offset);
    }

    [Fact]
    public async Task A_run_reads_as_running_while_it_is_written_and_as_interrupted_when_its_log_was_closed_without_completing()
    {
        await using (var log = await Open().BeginAsync(Header("1"), Cancellation))
        {
            await log.AppendAsync(Sample(1), Cancellation);
            Assert.Equal(RunState.Running, (await Read("1")).Summary.State);
        }

        Assert.Equal(new RunSummary(Header("1"), RunState.Interrupted, null, null, 1), Bare((await Read("1")).Summary));
    }

    [Fact]
    public async Task Of_two_records_with_one_key_the_last_counts_in_the_place_of_the_first()
    {
        await Write(Header("1"), Done, Sample(1), Sample(2), Sample(1) with { Answer = "no" });
        Assert.Equal([RecordJson.Serialize(Sample(1) with { Answer = "no" }), RecordJson.Serialize(Sample(2))], await RecordsOf("1"));
        Assert.Equal(2, (await Read("1")).Summary.RecordCount);
    }

    [Fact]
    public async Task Records_that_differ_in_any_part_of_the_key_are_all_kept()
    {
        var record = Sample(1);
        Record[] records =
        [
            record, record with { Id = "01" }, record with { Stage = "service" }, record with { Task = "t" }, record with { Model = "linear" },
            record with { Filter = "t" }, record with { Task = "t", Filter = "t" }, record with { Id = "1\0" }, record with { Repeat = 1 }, record with { Repeat = 2 },
        ];
        await Write(Header("1"), Done, records);
        await Write(Header("2"), Done, records);
        Assert.Equal(records.Select(RecordJson.Serialize), await RecordsOf("1"));
        Assert.Equal(records.Select(RecordJson.Serialize), await RecordsOf("2"));
    }

    [Fact]
    public async Task A_second_run_of_the_same_id_is_an_error_and_changes_nothing()
    {
        await Write(Header("1"), Done, Sample(1));
        Assert.Contains("'1' is already", await ErrorOfBegin(Header("1", 5)), StringComparison.Ordinal);
        Assert.Equal(new RunSummary(Header("1"), RunState.Done, Noon.AddHours(1), "pass", 1), Bare((await Read("1")).Summary));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Failed)]
    public async Task A_run_that_is_not_done_is_resumed_with_its_records(RunState? end)
    {
        await Write(Header("1"), end is { } state ? Done with { State = state } : null, Sample(1), Sample(2));
        await using (var log = await Open().BeginAsync(Header("1", 9) with { Resume = true }, Cancellation))
        {
            var half = await Read("1");
            Assert.Equal(new RunSummary(Header("1"), RunState.Running, null, null, 2), Bare(half.Summary));
            Assert.Null(half.ReportJson);
            await log.AppendAsync(Sample(2), Cancellation);
            await log.AppendAsync(Sample(3), Cancellation);
            await log.CompleteAsync(Done, Cancellation);
        }

        Assert.Equal(new RunSummary(Header("1"), RunState.Done, Noon.AddHours(1), "pass", 3), Bare((await Read("1")).Summary));
    }

    [Fact]
    public async Task What_cannot_be_resumed_says_why()
    {
        await Write(Header("done"), Done);
        await Write(Header("half"), null);
        await using var log = await Open().BeginAsync(Header("busy"), Cancellation);
        var half = Header("half") with { Resume = true };
        (RunHeader, string)[] cases =
        [
            (half with { Id = "none" }, "no such run"), (half with { Id = "done" }, "is done"), (half with { Id = "busy" }, "still writing"),
            (half with { Spec = "other" }, "spec differs"), (half with { Seed = 1 }, "seed is 18446744073709551615"), (half with { DataHash = null }, "data changed"),
        ];
        foreach (var (header, why) in cases)
        {
            Assert.Contains(why, await ErrorOfBegin(header), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_can_be_added_to_a_completed_run()
    {
        await using var log = await Open().BeginAsync(Header("1"), Cancellation);
        await log.CompleteAsync(Done, Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await log.AppendAsync(Sample(1), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await log.CompleteAsync(Done, Cancellation));
    }

    [Theory]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Interrupted)]
    public async Task A_run_completes_only_as_done_cancelled_or_failed(RunState state)
    {
        await using var log = await Open().BeginAsync(Header("1"), Cancellation);
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.CompleteAsync(Done with { State = state }, Cancellation));
        await log.CompleteAsync(Done, Cancellation);
    }

    [Fact]
    public async Task What_was_paid_for_is_kept_after_the_user_cancelled()
    {
        await using (var log = await Open().BeginAsync(Header("1"), Cancellation))
        {
            await log.AppendAsync(Sample(1), new CancellationToken(canceled: true));
        }

        Assert.Equal([RecordJson.Serialize(Sample(1))], await RecordsOf("1"));
    }

    [Fact]
    public async Task Nothing_is_lost_when_several_runs_are_written_by_several_threads_each()
    {
        var runs = Enumerable.Range(0, 3).Select(async run =>
        {
            await using var log = await Open().BeginAsync(Header($"{run}"), Cancellation);
            await Parallel.ForAsync(0, 2_000, Cancellation, async (i, _) => await log.AppendAsync(Sample(i), Cancellation));
            await log.CompleteAsync(Done, Cancellation);
        });
        await Task.WhenAll(runs);
        var expected = Enumerable.Range(0, 2_000).Select(i => RecordJson.Serialize(Sample(i))).Order(StringComparer.Ordinal).ToArray();
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(expected, (await RecordsOf($"{run}")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Records_come_in_the_order_they_were_appended_each_time_they_are_read()
    {
        await Write(Header("1"), Done, Enumerable.Range(0, 1_000).Select(Sample));
        var run = await Read("1");
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{i}"), (await run.Records.ToListAsync(Cancellation)).Select(record => record.Id));
        }
    }
}
