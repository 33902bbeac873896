using Assay.Results;
using Record = Assay.Results.Record;

namespace Assay.Tests.Conformance;

/// <content>Looking after stored runs.</content>
public abstract partial class RunStoreConformance
{
    IRunArchive Archive => (IRunArchive)Open();

    static Record Priced(string id, string filter, double cost) =>
        new() { Id = id, Stage = "evaluate", Task = "gsm8k", Model = "m", Filter = filter, Outcome = Assay.Models.Outcome.Ok, Cost = cost };

    [Fact]
    public async Task A_summary_names_models_and_tasks_in_the_order_they_came()
    {
        await Write(Header("1"), Done, Sample(1) with { Model = "b", Task = "t2" }, Sample(2) with { Model = "a" }, Sample(3) with { Model = "b", Task = "t1", Filter = "f" });
        var run = (await Read("1")).Summary;
        Assert.Equal(["b", "a"], run.Models);
        Assert.Equal(["t2", "t1"], run.Tasks);
        Assert.Empty(run.Tags);
    }

    [Fact]
    public async Task Cost_counts_a_call_once_whatever_the_number_of_filters()
    {
        await Write(Header("1"), Done, Priced("1", "strict", 0.5), Priced("1", "flexible", 0.5), Priced("2", "strict", 0.25), Priced("2", "flexible", 0.25));
        await Write(Header("2"), Done, Sample(1));
        await Write(Header("3"), Done, Priced("1", "strict", 0.5) with { Spent = new Assay.Models.Spending(2, 10, 0.625) });
        Assert.Equal(0.625, (await Read("3")).Summary.Cost);
        Assert.Equal(0.75, (await Read("1")).Summary.Cost);
        Assert.Null((await Read("2")).Summary.Cost);
    }

    [Fact]
    public async Task The_main_score_is_kept_and_gone_when_the_run_is_resumed()
    {
        var score = new MainScore("exact_match", 0.1, null, 0.2, "gsm8k", "m\0");
        await Write(Header("1"), Done with { State = RunState.Failed, MainScore = score });
        Assert.Equal(score, (await Read("1")).Summary.MainScore);
        await using var log = await Open().BeginAsync(Header("1") with { Resume = true }, Cancellation);
        Assert.Null((await Read("1")).Summary.MainScore);
    }

    [Fact]
    public async Task Tags_are_given_and_taken()
    {
        await Write(Header("1"), Done);
        await Archive.TagAsync("1", ["shipped", "b", "b"], [], Cancellation);
        await Archive.TagAsync("1", ["c"], ["b", "none"], Cancellation);
        Assert.Equal(["c", "shipped"], (await Read("1")).Summary.Tags);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await Archive.TagAsync("2", ["c"], [], Cancellation));
        Assert.Contains("no run '2'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("last")]
    [InlineData("passed")]
    [InlineData("last:x")]
    [InlineData("two words")]
    public async Task What_cannot_tell_a_run_is_no_tag(string tag)
    {
        await Write(Header("1"), Done);
        Assert.Contains("is no tag", (await Assert.ThrowsAsync<UserErrorException>(async () => await Archive.TagAsync("1", [tag], [], Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_run_is_gone_with_all_of_it_and_others_stay()
    {
        foreach (var id in new[] { "1", "2", "3" })
        {
            await Write(Header(id), Done, Sample(1), Sample(2));
            await Archive.TagAsync(id, ["t"], [], Cancellation);
        }

        await Archive.DeleteAsync(["1", "3", "1"], Cancellation);
        Assert.Equal(["2"], (await Open().ListAsync(Cancellation).ToListAsync(Cancellation)).Select(run => run.Header.Id));
        Assert.Equal(2, (await RecordsOf("2")).Length);
        await Write(Header("3"), Done, Sample(7));
        Assert.Equal([RecordJson.Serialize(Sample(7))], await RecordsOf("3"));
        Assert.Empty((await Read("3")).Summary.Tags);
    }

    [Fact]
    public async Task Deleting_is_all_or_nothing_and_leaves_what_is_being_written()
    {
        await Write(Header("1"), Done);
        await Assert.ThrowsAsync<UserErrorException>(async () => await Archive.DeleteAsync(["1", "none"], Cancellation));
        await using (await Open().BeginAsync(Header("2"), Cancellation))
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(async () => await Archive.DeleteAsync(["1", "2"], Cancellation));
            Assert.Contains("still writing", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Open().ListAsync(Cancellation).ToListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task A_run_is_read_without_texts_as_it_is_with_them()
    {
        var record = Sample(1) with { Input = "in", Output = "out", Reasoning = "because", Probabilities = [0.5f], Target = "t", Scores = new Dictionary<string, double> { ["acc"] = 1 } };
        await Write(Header("1"), Done, record);
        var light = await (await Read("1")).Scores.SingleAsync(Cancellation);
        Assert.Equal(RecordJson.Serialize(record with { Input = null, Output = null, Reasoning = null, Probabilities = null }), RecordJson.Serialize(light));
    }

    [Fact]
    public async Task A_sound_store_has_no_damage()
    {
        Assert.Empty(await Archive.CheckAsync(Cancellation).ToListAsync(Cancellation));
        await Write(Header("1"), Done, Enumerable.Range(0, 100).Select(Sample));
        await Write(Header("2"), null, Sample(1));
        Assert.Empty(await Archive.CheckAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_record_that_was_changed_behind_the_stores_back_is_found()
    {
        await Write(Header("1"), Done, Sample(1), Sample(2), Sample(3));
        Damage();
        Assert.Equal(["Run '1': record 2 differs from what was written: its checksum is another."], await Archive.CheckAsync(Cancellation).ToListAsync(Cancellation));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => RecordsOf("1"));
        Assert.Contains("Run '1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged: record 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_found_by_id_last_name_tag_and_the_start_of_its_id()
    {
        await Write(Header("2026-a"), Done);
        await Write(Header("2026-b", 1) with { Name = "other" }, Done);
        await Write(Header("2025-c", 2), Done);
        await Archive.TagAsync("2026-a", ["shipped"], [], Cancellation);
        foreach (var (reference, id) in new[] { ("2026-a", "2026-a"), ("last", "2025-c"), ("last:other", "2026-b"), ("shipped", "2026-a"), ("2025", "2025-c") })
        {
            Assert.Equal(id, (await RunReference.FindAsync(Open(), reference, Cancellation)).Header.Id);
        }

        foreach (var (reference, why) in new[] { ("2026", "start of 2 ids"), ("", "no run ''"), ("shiped", "Did you mean 'shipped'?"), ("last:nobody", "no run 'last:nobody'") })
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(async () => await RunReference.FindAsync(Open(), reference, Cancellation));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }
}
