using System.Text;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Tests.Load.Client;

namespace Assay.Tests.Load;

public class SessionLoopTests
{
    static readonly TimeSpan _think = TimeSpan.FromMilliseconds(20);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_turn_has_the_answers_before_it_and_its_thinking(bool open)
    {
        await using var server = new PieceServer(body => [Answer(body + "é")]);
        var options = new LoadOptions { Arrivals = open ? new ConstantArrivals(100) : new ClosedLoop(2), Requests = 6 };
        var result = await LoadGenerator.RunAsync(Target(server, 3), options, TimeProvider.System, null, Token);
        Assert.Equal((18, 18, 18), (result.Ok, result.Planned, result.Exchanges.Select(exchange => exchange.Index).Distinct().Count()));
        foreach (var session in result.Exchanges.GroupBy(exchange => exchange.Session))
        {
            Assert.Equal([0, 1, 2], session.Select(exchange => exchange.Turn));
            Assert.All(session.Zip(session.Skip(1)), turns => Assert.Equal(turns.First.End + _think, turns.Second.Scheduled));
            Assert.All(session, turn => Assert.True(turn.Sent >= turn.Scheduled));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], result.Exchanges.Select(exchange => exchange.Session).Distinct().Order());
        if (open)
        {
            Assert.Equal(options.Arrivals.Schedule(null, 6, 0), result.Exchanges.Where(exchange => exchange.Turn == 0).Select(exchange => exchange.Scheduled));
        }
    }

    [Fact]
    public async Task A_turn_that_fails_ends_its_session()
    {
        await using var server = new PieceServer(body => [body.Contains('.', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(FaultyServer.Reply(500, "")) : Answer(".")]);
        var result = await LoadGenerator.RunAsync(
            Target(server, 5), new LoadOptions { Arrivals = new ClosedLoop(3), Requests = 4 }, TimeProvider.System, null, Token);
        Assert.Equal((4, 4), (result.Ok, result.Reasons["status 500"]));
    }

    [Fact]
    public async Task The_end_of_the_duration_ends_sessions_between_their_turns()
    {
        await using var server = new PieceServer(_ => [Answer("x")]);
        var options = new LoadOptions { Arrivals = new ClosedLoop(2), Duration = TimeSpan.FromSeconds(0.2) };
        var result = await LoadGenerator.RunAsync(Target(server, int.MaxValue), options, TimeProvider.System, null, Token);
        Assert.True(result.Ok > 2);
        Assert.All(result.Exchanges, exchange => Assert.True(exchange.Scheduled < options.Duration));
    }

    [Fact]
    public async Task A_cancelled_run_does_not_wait_for_sessions_that_think()
    {
        using var cancelled = new CancellationTokenSource();
        var calls = 0;
        await using var server = new PieceServer(_ =>
        {
            if (Interlocked.Increment(ref calls) == 8)
            {
                cancelled.Cancel();
            }

            return [Answer("x")];
        });
        var result = await LoadGenerator.RunAsync(
            Target(server, int.MaxValue), new LoadOptions { Arrivals = new ClosedLoop(4), Requests = 1_000 }, TimeProvider.System, null, cancelled.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(result.Sent, result.Ok);
    }

    static LoadTarget Target(PieceServer server, int turns) =>
        new() { Address = server.Address, Protocol = LoadProtocol.Chat, Sessions = new Talk(turns) };

    static byte[] Answer(string text) => Encoding.UTF8.GetBytes(FaultyServer.Reply(
        200, $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":\"stop\"}}]}}\n\ndata: [DONE]\n\n", "text/event-stream"));

    // Says what was answered, so that the server can see it.
    sealed class Talk(int turns) : ISessionPayloads
    {
        public SessionTurn? Next(int session, IReadOnlyList<string> answers)
        {
            Assert.True(answers.Count < 2 || answers[1] == answers[0] + "é" || answers[0] is "x" or ".");
            return answers.Count == turns ? null : new SessionTurn(new LoadRequest(Encoding.UTF8.GetBytes(answers.Count == 0 ? "" : answers[^1])), _think);
        }
    }
}
