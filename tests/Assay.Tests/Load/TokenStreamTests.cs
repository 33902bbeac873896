using Assay.Load;
using Assay.Models;
using Assay.Tests.Web;

namespace Assay.Tests.Load;

public class TokenStreamTests
{
    const string Role = """data: {"choices":[{"delta":{"role":"assistant","content":""}}]}""" + "\n\n";
    const string First = """data: {"choices":[{"delta":{"content":"a"}}]}""" + "\n\n";
    const string Second = """data: {"choices":[{"delta":{"content":"b"}}]}""" + "\n\n";
    const string End = """data: {"choices":[{"delta":{},"finish_reason":"length"}]}""" + "\n\n";
    const string Usage = """data: {"choices":[],"usage":{"completion_tokens":5}}""" + "\n\n";
    const string Failure = """data: {"error":{"message":"lost"}}""" + "\n\n";
    const string Done = "data: [DONE]\n\n";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role + First + Second + End + Usage + Done, Outcome.Ok, 5, null)]
    [InlineData(Role + First + Second + End + Done, Outcome.Ok, 2, null)]
    [InlineData(Role + First + End, Outcome.Truncated, 1, "without [DONE]")]
    [InlineData(Role + First + Done, Outcome.Truncated, 1, "without a finish reason")]
    [InlineData(Role + End + Done, Outcome.Error, 0, "no text")]
    [InlineData(Role + First + Failure, Outcome.Error, 1, "an error within the stream")]
    [InlineData("data: oh\n\n", Outcome.Error, 0, "not valid JSON")]
    public async Task A_stream_is_good_only_when_it_is_whole(string body, Outcome outcome, int tokens, string? reason)
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, body, "text/event-stream"));
        var result = await RunAsync(server.Address, 1);
        var exchange = Assert.Single(result.Exchanges);
        Assert.Equal((outcome, tokens), (exchange.Outcome, exchange.Tokens));
        Assert.Equal(tokens > 0, exchange.FirstToken is not null);
        Assert.Contains(reason ?? "", exchange.Reason ?? "", StringComparison.Ordinal);
        Assert.Equal(reason is null, exchange.Reason is null);
    }

    [Fact]
    public async Task A_refusal_keeps_its_status()
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(429, "{}"));
        Assert.Equal("status 429", Assert.Single((await RunAsync(server.Address, 1)).Exchanges).Reason);
    }

    [Fact]
    public async Task A_real_service_gives_times_to_the_first_token_and_per_token()
    {
        await using var server = await TinyServer.StartAsync();
        var result = await RunAsync(new Uri(server.Address, "v1/"), 40);
        Assert.Equal(40, result.Ok);
        Assert.All(result.Exchanges, exchange =>
        {
            Assert.True(exchange.Sent < exchange.FirstToken && exchange.FirstToken < exchange.LastToken && exchange.LastToken <= exchange.End);
            Assert.Equal(12, exchange.Tokens);
        });
        var estimates = LoadEstimates.Compute(result, "tiny");
        foreach (var name in (string[])["ttft/p50", "tpot/p50"])
        {
            var estimate = estimates.Single(estimate => estimate.Metric == name);
            Assert.True(estimate.Low <= estimate.Value && estimate.Value <= estimate.High, name);
        }

        Assert.Null(estimates.Single(estimate => estimate.Metric == "ttft/p99").Value);
        Assert.True(estimates.Single(estimate => estimate.Metric == "token_rate").Value > 0);
    }

    static Task<LoadResult> RunAsync(Uri address, int requests)
    {
        var model = new OpenAIModelOptions { BaseAddress = address, Model = "tiny" };
        var target = OpenAITarget.Of(model, ["Question: 12 + 30 =\nAnswer:", "Question: 2 + 3 =\nAnswer:"], 12, []);
        return LoadGenerator.RunAsync(target, new LoadOptions { Arrivals = new ClosedLoop(2), Requests = requests }, TimeProvider.System, null, Token);
    }
}
