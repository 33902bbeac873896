using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Models;
using Assay.Tests.Web;
using Assay.Web.Serving;

namespace Assay.Tests.Load;

public class LoadGeneratorTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_closed_loop_sends_exactly_the_asked_requests_and_each_body_equally_often(int concurrency)
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, "{}"));
        var result = await RunAsync(server, new LoadOptions { Arrivals = new ClosedLoop(concurrency), Requests = 30 });
        Assert.Equal((30, 30, 30, 0, 30), (result.Planned, result.Sent, result.Ok, result.Failed, server.Requests));
        Assert.False(result.Cancelled);
        Assert.All(result.Exchanges, exchange => Assert.True(
            TimeSpan.Zero <= exchange.Scheduled && exchange.Scheduled <= exchange.Sent && exchange.Sent <= exchange.FirstByte
            && exchange.FirstByte <= exchange.End && exchange.End <= result.Elapsed));
        Assert.Equal(result.Exchanges.Max(exchange => exchange.End), result.Window);
    }

    [Fact]
    public async Task An_open_loop_sends_the_whole_schedule_and_none_before_its_time()
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, "{}"));
        var options = new LoadOptions { Arrivals = new PoissonArrivals(300), Duration = TimeSpan.FromSeconds(0.5), Seed = 11 };
        var result = await RunAsync(server, options);
        var schedule = options.Arrivals.Schedule(options.Duration, null, 11)!;
        Assert.Equal(schedule, result.Exchanges.Select(exchange => exchange.Scheduled));
        Assert.Equal(schedule.Count, server.Requests);
        Assert.All(result.Exchanges, exchange => Assert.True(exchange.ScheduleDelay >= TimeSpan.Zero));
        Assert.Equal(options.Duration, result.Window);
    }

    [Fact]
    public async Task Warm_up_and_cool_down_lengthen_the_run_and_are_told()
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, "{}"));
        var (tenth, fifth) = (TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2));
        var result = await RunAsync(server, new LoadOptions { Arrivals = new ConstantArrivals(100), Duration = fifth, Warmup = tenth, Cooldown = tenth });
        Assert.Equal((40, 40), (result.Exchanges.Count, server.Requests));
        Assert.Equal((tenth, tenth, TimeSpan.FromSeconds(0.4)), (result.Warmup, result.Cooldown, result.Window));
    }

    [Fact]
    public async Task Latency_counts_from_the_schedule_when_the_server_stalls_and_one_request_at_a_time_is_sent()
    {
        // The one worker of the server is busy for 300 ms with the 10th request; the 11th to 30th become due within that time.
        var (calls, stall) = (0, TimeSpan.FromMilliseconds(300));
        using var one = new SemaphoreSlim(1);
        var predictor = new ScriptedPredictor
        {
            Before = async () =>
            {
                await one.WaitAsync(Token);
                if (++calls == 10)
                {
                    await Task.Delay(stall, TimeProvider.System, Token);
                }

                one.Release();
            },
        };
        await using var server = await V2Server.StartAsync(
            [new ServedModel("m", "1", predictor, ScriptedPredictor.Inputs)], new V2ServerOptions(), Token);
        using var http = new HttpClient();
        var target = V2Target.Of(await V2Client.ConnectAsync(http, server.Address, "m", null, Token), ScriptedPredictor.Rows(8));
        var options = new LoadOptions { Arrivals = new ConstantArrivals(100), Requests = 60 };
        var result = await LoadGenerator.RunAsync(target, options, TimeProvider.System, null, Token);

        Assert.Equal(60, result.Ok);
        var stalled = result.Exchanges.MaxBy(exchange => exchange.Latency);
        Assert.True(stalled.ServiceTime > stall - TimeSpan.FromMilliseconds(2)); // a timer may be a tick early

        // Sent when the stall was on: the order in which requests reach the server need not be that of the schedule.
        var during = result.Exchanges.Where(exchange => exchange.Sent > stalled.End - stall && exchange.Scheduled < stalled.End - TimeSpan.FromMilliseconds(60)).ToArray();
        Assert.True(during.Length >= 10);

        // None of them was answered before the stall ended: each waited from its own time, and the later ones the less.
        Assert.All(during, exchange => Assert.True(exchange.End > stalled.Sent + stall - TimeSpan.FromMilliseconds(2)));
        Assert.All(during, exchange => Assert.True(exchange.Latency >= exchange.ServiceTime));
        Assert.True(during[0].Latency > during[^1].Latency);
    }

    [Fact]
    public async Task Requests_above_the_cap_are_never_sent_and_not_good()
    {
        await using var server = new FaultyServer(_ => FaultyServer.Hang);
        var options = new LoadOptions
        {
            Arrivals = new ConstantArrivals(100),
            Requests = 10,
            MaxInFlight = 3,
            Timeout = TimeSpan.FromSeconds(1),
        };
        var result = await RunAsync(server, options);
        Assert.Equal((3, 3), (result.Sent, result.Outcomes[Outcome.Timeout]));
        Assert.Equal(7, result.Outcomes[Outcome.NeverSent]);
        Assert.Equal(7, result.Reasons["3 requests were on their way, the most allowed"]);
        Assert.Equal(3, result.Reasons["no complete answer within 1 s"]);
    }

    [Theory]
    [InlineData(429, "slow down", Outcome.Error, "status 429")]
    [InlineData(500, "", Outcome.Error, "status 500")]
    [InlineData(200, "<html>", Outcome.Error, "not JSON")]
    public async Task Statuses_and_bodies_are_told_apart(int status, string body, Outcome outcome, string reason)
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(status, body));
        var result = await RunAsync(server, new LoadOptions { Arrivals = new ClosedLoop(2), Requests = 4 }, target => target with
        {
            Check = (code, bytes) => code != HttpStatusCode.OK ? $"status {(int)code}" : bytes.Span[0] == '{' ? null : "not JSON",
        });
        Assert.Equal((4, 4), (result.Failed, result.Outcomes[outcome]));
        Assert.Equal(4, result.Reasons[reason]);
        Assert.All(result.Exchanges, exchange => Assert.Equal(status, (int)exchange.Status));
    }

    [Theory]
    [InlineData(null, Outcome.Error, "connection: ResponseEnded")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Outcome.Truncated, "the connection broke within the answer")]
    [InlineData("nonsense\r\n\r\n", Outcome.Error, "connection: InvalidResponse")]
    public async Task Broken_connections_are_told_from_broken_answers(string? answer, Outcome outcome, string reason)
    {
        await using var server = new FaultyServer(_ => answer);
        var result = await RunAsync(server, new LoadOptions { Arrivals = new ClosedLoop(1), Requests = 3 });
        Assert.Equal(3, result.Outcomes[outcome]);
        Assert.Equal(3, result.Reasons[reason]);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_of_each_request()
    {
        Uri address;
        await using (var server = new FaultyServer(_ => null))
        {
            address = server.Address;
        }

        var result = await LoadGenerator.RunAsync(
            new LoadTarget { Address = address }, new LoadOptions { Arrivals = new ClosedLoop(1), Requests = 2 }, TimeProvider.System, null, Token);
        Assert.Equal(2, result.Reasons["connection: ConnectionRefused"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_run_returns_what_was_done_and_does_not_count_what_it_did_not_come_to(bool open)
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = new FaultyServer(i =>
        {
            if (i == 9)
            {
                cancelled.Cancel();
            }

            return FaultyServer.Reply(200, "{}");
        });
        var options = new LoadOptions { Arrivals = open ? new ConstantArrivals(200) : new ClosedLoop(1), Requests = 100_000 };
        var result = await LoadGenerator.RunAsync(Target(server), options, TimeProvider.System, null, cancelled.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(100_000, result.Planned);
        Assert.InRange(result.Sent, 10, 99_999);
        Assert.Equal((result.Sent, 0), (result.Ok, result.Failed));
        Assert.DoesNotContain(Outcome.NeverSent, result.Outcomes.Keys);
    }

    [Fact]
    public async Task Requests_that_hang_after_a_cancellation_are_given_up()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = new FaultyServer(i =>
        {
            if (i == 1)
            {
                cancelled.Cancel();
            }

            return FaultyServer.Hang;
        });
        var options = new LoadOptions { Arrivals = new ConstantArrivals(50), Duration = TimeSpan.FromHours(1) };
        var result = await LoadGenerator.RunAsync(Target(server), options, TimeProvider.System, null, cancelled.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(result.Sent, result.Reasons["cancelled before the answer was there"]);
    }

    [Fact]
    public async Task Progress_ends_with_all_requests()
    {
        await using var server = new FaultyServer(i => FaultyServer.Reply(i < 2 ? 500 : 200, ""));
        var reports = new Reports();
        await LoadGenerator.RunAsync(
            Target(server), new LoadOptions { Arrivals = new ClosedLoop(2), Requests = 7 }, TimeProvider.System, reports, Token);
        Assert.Equal((7, 5, 2), (reports.Seen.Last().Sent, reports.Seen.Last().Ok, reports.Seen.Last().Failed));
    }

    [Fact]
    public async Task The_servers_processor_time_and_memory_are_measured()
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, "{}"));
        var options = new LoadOptions { Arrivals = new ClosedLoop(2), Requests = 200 };
        var usage = (await RunAsync(server, options, target => target with { ServerProcessId = Environment.ProcessId })).Usage!;
        Assert.True(usage.CpuSeconds > 0);
        Assert.True(usage.PeakMemoryBytes > 10_000_000);
        Assert.Null((await RunAsync(server, options, target => target with { ServerProcessId = int.MaxValue })).Usage);
    }

    [Fact]
    public async Task All_wrong_options_are_told_at_once()
    {
        await using var server = new FaultyServer(_ => null);
        var options = new LoadOptions
        {
            Arrivals = new PoissonArrivals(0),
            Timeout = TimeSpan.Zero,
            Slo = ImmutableSortedDictionary<string, TimeSpan>.Empty.Add("p99", TimeSpan.FromSeconds(1)),
        };
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(server, options));
        Assert.Equal(
            "Wrong load options: the rate is 0; expected a number of requests per second above 0; neither duration nor requests is given; expected one of them; "
            + "the timeout is 00:00:00; expected more than 0; the service level is p99: 00:00:01; expected METRIC_pNN, such as latency_p99, ttft_p99.9 or tpot_p50 "
            + "(metrics: latency, service_time, ttft, service_ttft, tpot, ntpot, first_event, first_byte, connect, gap) and a time above 0.",
            exception.Message);
    }

    static Task<LoadResult> RunAsync(FaultyServer server, LoadOptions options, Func<LoadTarget, LoadTarget>? change = null) =>
        LoadGenerator.RunAsync((change ?? (target => target))(Target(server)), options, TimeProvider.System, null, Token);

    static LoadTarget Target(FaultyServer server) => new()
    {
        Address = server.Address,
        Payloads = new FixedPayloads(Enumerable.Range(0, 5).Select(i => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"{{\"i\":{i}}}")), 1),
    };

    sealed class Reports : IProgress<LoadProgress>
    {
        public ConcurrentQueue<LoadProgress> Seen { get; } = new();

        public void Report(LoadProgress value) => Seen.Enqueue(value);
    }
}
