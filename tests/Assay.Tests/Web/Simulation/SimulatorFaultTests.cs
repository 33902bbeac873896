using Assay.Load;
using Assay.Models;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;

namespace Assay.Tests.Web.Simulation;

/// <summary>Each fault as a client meets it, with the chunks of an answer written at once and one by one.</summary>
public class SimulatorFaultTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cut:1@3", "lorem ipsum dolor", true, false)]
    [InlineData("cut:1@0", "", true, false)]
    [InlineData("cut_clean:1@2", "lorem ipsum", false, false)]
    [InlineData("error_in_stream:1@3", "lorem ipsum dolor", false, true)]
    [InlineData("error_in_stream:1@0", "", false, true)]
    [InlineData("cut:1@6", "lorem ipsum dolor sit amet", false, true)]
    [InlineData("short:1@2", "lorem ipsum", false, true)]
    [InlineData("short:1", "lorem ipsum", false, true)]
    [InlineData("slow_first:1@5ms", "lorem ipsum dolor sit amet", false, true)]
    [InlineData("stall:1@2,5ms", "lorem ipsum dolor sit amet", false, true)]
    public async Task A_stream_breaks_where_it_is_asked_to(string fault, string text, bool isReset, bool isDone)
    {
        foreach (var gap in (string[])["0", "1ms"])
        {
            await using var client = Start(fault, gap);
            using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
            await raw.SendAsync(RawClient.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"stream":true,"max_tokens":5}""", "Connection: close\r\n"));
            var all = await raw.ReadToAsync("never");
            Assert.Equal(text, string.Concat(all.Split("\"content\":\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])));
            Assert.Equal((isReset, isDone), (raw.IsReset, all.Contains("[DONE]", StringComparison.Ordinal)));
            Assert.Equal(fault.StartsWith("error_in", StringComparison.Ordinal), all.Contains("\"error\"", StringComparison.Ordinal));
            Assert.Equal(isDone && !fault.StartsWith("error_in", StringComparison.Ordinal), all.Contains("\"finish_reason\":\"length\"", StringComparison.Ordinal));
            Assert.Equal(!isReset, all.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("rate_limit:1@3s", 429, "Retry-After: 3\r\n")]
    [InlineData("error:1", 500, "server_error")]
    [InlineData("html:1", 200, "<html>")]
    public async Task A_refusal_comes_at_once(string fault, int status, string part)
    {
        await using var client = Start(fault, "1ms");
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync(RawClient.Post("/v1/chat/completions", SimulatorClient.Ask, "Connection: close\r\n"));
        var text = await raw.ReadToAsync("never");
        Assert.StartsWith($"HTTP/1.1 {status} ", text, StringComparison.Ordinal);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await client.TruthAsync())["outcomes"]![fault[..fault.IndexOf(':', StringComparison.Ordinal)]]!);
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_goes()
    {
        await using var client = Start("stall:1@2", "0");
        using (var raw = await RawClient.ConnectAsync(client.Simulator.Address))
        {
            await raw.SendAsync(RawClient.Post("/v1/chat/completions", SimulatorClient.Ask));
            Assert.DoesNotContain("dolor", await raw.ReadToAsync("ipsum"), StringComparison.Ordinal);
        }

        // The answer ends when the server sees that; its end is told in the truth.
        while ((int)(await client.TruthAsync())["requests"]! == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(1, (int)(await client.TruthAsync())["outcomes"]!["stall"]!);
    }

    [Theory]
    [InlineData("cut:1")]
    [InlineData("error_in_stream:1")]
    [InlineData("wrong_usage:1")]
    public async Task Answers_that_are_no_streams_break_too(string fault)
    {
        await using var client = Start(fault, "1ms");
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync(RawClient.Post("/v1/completions", """{"prompt":"x","max_tokens":4}""", "Connection: close\r\n"));
        var text = await raw.ReadToAsync("never");
        Assert.Contains(fault switch { "cut:1" => "Content-Length: 1000", "wrong_usage:1" => "\"completion_tokens\":9", _ => "\"error\"" }, text, StringComparison.Ordinal);
        Assert.Equal(fault == "cut:1", raw.IsReset);
    }

    [Fact]
    public async Task Forty_broken_streams_are_forty_failures_of_the_right_kind()
    {
        foreach (var (fault, reason) in ((string, string)[])[("error_in_stream:1@3", "an error within the stream"), ("cut:1@3", "broke"), ("cut_clean:1@3", "without [DONE]")])
        {
            await using var client = Start(fault, "1ms");
            var model = new OpenAIModelOptions { BaseAddress = new Uri(client.Simulator.Address, "v1/"), Model = "sim" };
            var result = await LoadGenerator.RunAsync(
                OpenAITarget.Of(model, ["x"], 8, []), new LoadOptions { Arrivals = new ClosedLoop(4), Requests = 20 }, TimeProvider.System, null, Token);
            Assert.Equal((20, 0, 20), (result.Sent, result.Ok, result.Failed));
            Assert.All(result.Exchanges, exchange => Assert.Contains(reason, exchange.Reason, StringComparison.Ordinal));
        }
    }

    // 4 standard deviations of 2,000 draws: 0.1 ± 0.027 and 0.05 ± 0.02.
    [Fact]
    public void Faults_come_at_their_rate_by_number_and_seed_alone()
    {
        var plan = new FaultPlan([Fault.Parse("cut:0.1@3"), Fault.Parse("error:0.05")], 7);
        var drawn = Enumerable.Range(1, 2000).Select(i => plan.Decide(i)?.Name).ToArray();
        Assert.InRange(drawn.Count(name => name == "cut"), 146, 254);
        Assert.InRange(drawn.Count(name => name == "error"), 60, 140);
        Assert.Equal(drawn, Enumerable.Range(1, 2000).Reverse().Select(i => new FaultPlan(plan.Faults, 7).Decide(i)?.Name).Reverse());
        Assert.NotEqual(drawn, Enumerable.Range(1, 2000).Select(i => new FaultPlan(plan.Faults, 8).Decide(i)?.Name));
    }

    [Theory]
    [InlineData("cutt:0.1", "Did you mean 'cut'?")]
    [InlineData("cut", "the rate is ''")]
    [InlineData("cut:2", "the rate is '2'")]
    [InlineData("cut:0.1@soon", "neither a number of chunks nor a time")]
    public void What_is_no_fault_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => Fault.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rates_above_one_together_are_refused() =>
        Assert.Throws<UserErrorException>(() => new FaultPlan([Fault.Parse("cut:0.6"), Fault.Parse("error:0.6")], 0));

    static SimulatorClient Start(string fault, string gap) =>
        SimulatorClient.Start(new SimulatorOptions { FirstToken = Delay.Parse(gap), Gap = Delay.Parse(gap), Faults = [Fault.Parse(fault)] });
}
