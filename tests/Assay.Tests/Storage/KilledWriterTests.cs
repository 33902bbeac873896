using Assay.Results;
using Assay.Storage;

namespace Assay.Tests.Storage;

public sealed class KilledWriterTests : IDisposable
{
    static readonly TimeProvider _time = TimeProvider.System;

    readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    SqliteRunStore Open() => new(_folder.Store, _time);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(100, 0)]
    [InlineData(5_000, 0)]
    [InlineData(40_000, 0)]
    [InlineData(20, 5)]
    [InlineData(120, 5)]
    public async Task What_was_taken_200_ms_before_kill_9_is_there_and_the_run_is_interrupted_and_can_be_resumed(int killAfter, int pauseMilliseconds)
    {
        using var writer = new WriterProcess(_folder.Store, "1", 10_000_000, pauseMilliseconds);
        await writer.ReadAsync(killAfter, Cancellation);
        var seen = (await Open().ReadAsync("1", Cancellation))!.Summary;
        var killed = _time.GetTimestamp();
        await writer.KillAsync(Cancellation);

        Assert.Equal(RunState.Running, seen.State);
        var run = (await Open().ReadAsync("1", Cancellation))!;
        Assert.Equal(RunState.Interrupted, run.Summary.State);
        var ids = await run.Records.Select(record => record.Id).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, ids.Count).Select(i => $"{i}"), ids);
        Assert.InRange(ids.Count, seen.RecordCount, writer.Taken.Count + 1);
        var allowed = Allowed(writer.Taken, killed);
        Assert.InRange(ids.Count, writer.Taken.Count(taken => _time.GetElapsedTime(taken, killed) > allowed), int.MaxValue);

        var log = await Open().BeginAsync(run.Summary.Header with { Resume = true }, Cancellation);
        await log.CompleteAsync(new RunCompletion(RunState.Done, null, _time.GetUtcNow(), null), Cancellation);
        await log.DisposeAsync();
        var summary = (await Open().ReadAsync("1", Cancellation))!.Summary;
        Assert.Equal((RunState.Done, ids.Count), (summary.State, summary.RecordCount));
    }

    [Fact]
    public async Task Two_processes_that_write_to_one_store_at_once_lose_nothing()
    {
        using var first = new WriterProcess(_folder.Store, "first", 20_000, 0);
        using var second = new WriterProcess(_folder.Store, "second", 20_000, 0);
        var codes = await Task.WhenAll(first.ExitAsync(Cancellation), second.ExitAsync(Cancellation));
        Assert.Equal([0, 0], codes);
        foreach (var id in new[] { "first", "second" })
        {
            var run = (await Open().ReadAsync(id, Cancellation))!;
            Assert.Equal((RunState.Done, 20_000L), (run.Summary.State, run.Summary.RecordCount));
            Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"{i}"), await run.Records.Select(record => record.Id).ToListAsync(Cancellation));
        }
    }

    [Fact]
    public async Task What_a_killed_writer_left_beside_the_store_is_gone_after_the_next_run()
    {
        using (var writer = new WriterProcess(_folder.Store, "1", 10_000_000, 5))
        {
            await writer.ReadAsync(1, Cancellation);
            await writer.KillAsync(Cancellation);
        }

        using (var writer = new WriterProcess(_folder.Store, "2", 1, 0))
        {
            Assert.Equal(0, await writer.ExitAsync(Cancellation));
        }

        Assert.Equal([_folder.Store], Directory.GetFiles(Path.GetDirectoryName(_folder.Store)!));
    }

    // 200 ms is the promise of a writer that gets to run. On a crowded machine it does not always: the longest time in which this
    // one took nothing is added.
    static TimeSpan Allowed(List<long> taken, long killed)
    {
        var stall = taken.Append(killed).Zip(taken.Skip(1).Append(killed).Prepend(taken[0])).Max(pair => _time.GetElapsedTime(pair.Second, pair.First));
        return TimeSpan.FromMilliseconds(200) + stall;
    }
}
