using System.Text;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Load.Recording;
using Assay.Load.Sharding;
using Assay.Models;
using Assay.Tests.Load.Client;

namespace Assay.Tests.Load.Recording;

public sealed class EventLogTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("assay-log-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_gives_the_result_of_its_run(bool open)
    {
        var path = Path.Combine(_folder, "run.alog");
        var measured = await MeasureAsync(path, open ? new PoissonArrivals(400) : new ClosedLoop(3), 120);
        Assert.Contains(measured.Reasons.Keys, reason => reason.Contains("status 429", StringComparison.Ordinal));
        var (events, read) = (0, EventLog.Read(path));
        AssertSame(measured, read);
        EventLog.Read(path, (in exchange, all) => events += exchange.Outcome == Outcome.Ok ? all.Length : 0);
        Assert.Equal(measured.Ok * 5, events);
    }

    [Fact]
    public async Task A_log_that_broke_off_is_read_up_to_there()
    {
        var path = Path.Combine(_folder, "run.alog");
        var measured = await MeasureAsync(path, new ClosedLoop(2), 60);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        foreach (var length in (int[])[bytes.Length - 1, bytes.Length - 40])
        {
            await File.WriteAllBytesAsync(path, bytes[..length], Token);
            var read = EventLog.Read(path);
            Assert.True(read.Cancelled);
            Assert.Null(read.Health);
            Assert.Equal(measured.Exchanges, read.Exchanges);
            Assert.Equal(read.Exchanges.Max(exchange => exchange.End), read.Window);
        }
    }

    [Fact]
    public async Task No_byte_of_a_log_can_change_unseen()
    {
        var path = Path.Combine(_folder, "run.alog");
        var measured = await MeasureAsync(path, new ClosedLoop(2), 10);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            bytes[at] ^= 0x10;
            await File.WriteAllBytesAsync(path, bytes, Token);
            try
            {
                // Only what is whole is given: all of it, or less.
                var read = EventLog.Read(path);
                Assert.Equal(measured.Exchanges.Take(read.Exchanges.Count), read.Exchanges);
                Assert.True(read.Health is null, $"byte {at}");
            }
            catch (UserErrorException exception)
            {
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            }

            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public async Task Files_that_are_no_logs_are_told()
    {
        var path = Path.Combine(_folder, "x");
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => EventLog.Read(path)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "hello", Token);
        Assert.Contains("is no event log", Assert.Throws<UserErrorException>(() => EventLog.Read(path)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "ASSAYLOG\u0009", Token);
        Assert.Contains("has version 9", Assert.Throws<UserErrorException>(() => EventLog.Read(path)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "ASSAYLOG\u0001", Token);
        Assert.Contains("breaks off", Assert.Throws<UserErrorException>(() => EventLog.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_before_the_load()
    {
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => MeasureAsync(Path.Combine(_folder, "no", "such"), new ClosedLoop(1), 1));
        Assert.Contains("cannot be written", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_make_their_parts_of_one_load()
    {
        await using var server = new PieceServer(_ => [Good()]);
        var options = new LoadOptions { Arrivals = new ConstantArrivals(200), Requests = 41, Seed = 3 };
        var start = TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency / 5);
        var parts = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            var path = Path.Combine(_folder, $"{i}.alog");
            using var lines = new StringWriter();
            using var input = new OpenReader(start.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await ShardWorker.RunAsync(Target(server), options, new Shard(i, 3), path, input, lines, TimeProvider.System, Token);
            Assert.StartsWith("ready", lines.ToString(), StringComparison.Ordinal);
            return EventLog.Read(path);
        }));
        var whole = ShardedLoad.Merge([.. parts]);
        Assert.Equal((41, 41, 41 * 2), (whole.Ok, whole.Planned, whole.Gaps.Count));
        Assert.Equal(Enumerable.Range(0, 41), whole.Exchanges.Select(exchange => exchange.Index));
        Assert.Equal(options.Arrivals.Schedule(null, 41, 3)!, whole.Exchanges.Select(exchange => exchange.Scheduled));
        Assert.Equal(parts.Sum(part => part.Health!.Measured.Connections), whole.Health!.Measured.Connections);
    }

    [Fact]
    public async Task A_process_that_does_not_come_up_is_told_with_its_errors()
    {
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => ShardedLoad.RunAsync(
            2, (shard, _) => new("sh", ["-c", $"echo no such model {shard.Index} >&2; exit 3"]), null, TimeProvider.System, null, Token));
        Assert.Contains("ended before the load began: no such model", exception.Message, StringComparison.Ordinal);
    }

    static void AssertSame(LoadResult expected, LoadResult actual)
    {
        Assert.Equal(expected.Exchanges, actual.Exchanges);
        Assert.Equal(expected.Gaps.Steps(), actual.Gaps.Steps());
        Assert.Equal(
            (expected.Planned, expected.Started, expected.Elapsed, expected.Window, expected.Cancelled, expected.Gaps.Total),
            (actual.Planned, actual.Started, actual.Elapsed, actual.Window, actual.Cancelled, actual.Gaps.Total));
        Assert.Equal(expected.Health!.Problems, actual.Health!.Problems);
        Assert.Equal(expected.Health.ErrorBounds, actual.Health.ErrorBounds);
        Assert.Equal(
            LoadEstimates.Compute(expected, "m").Select(estimate => (estimate.Metric, estimate.Value, estimate.Low, estimate.High, estimate.Reason)),
            LoadEstimates.Compute(actual, "m").Select(estimate => (estimate.Metric, estimate.Value, estimate.Low, estimate.High, estimate.Reason)));
    }

    static async Task<LoadResult> MeasureAsync(string path, ArrivalOptions arrivals, int requests)
    {
        var calls = 0;
        await using var server = new PieceServer(_ => (Interlocked.Increment(ref calls) % 4) switch
        {
            0 => [Encoding.UTF8.GetBytes(FaultyServer.Reply(429, "{}"))],
            1 => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, "data: {\"choices\":[]}\n\n", "text/event-stream"))],
            _ => [Good()],
        });
        return await LoadGenerator.RunAsync(Target(server), new LoadOptions { Arrivals = arrivals, Requests = requests, Log = path, Seed = 5 }, TimeProvider.System, null, Token);
    }

    static byte[] Good() => Encoding.UTF8.GetBytes(FaultyServer.Reply(
        200,
        string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", 3))
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":4}}\n\ndata: [DONE]\n\n",
        "text/event-stream"));

    static LoadTarget Target(PieceServer server) => new()
    {
        Address = server.Address,
        Protocol = LoadProtocol.Chat,
        Payloads = new FixedPayloads([(ReadOnlyMemory<byte>)"{}"u8.ToArray()], 1),
    };

    // One line, and then nothing, but no end.
    sealed class OpenReader(string line) : TextReader
    {
        string? _line = line;

        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            var next = _line;
            _line = null;
            if (next is null)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return next;
        }
    }
}
