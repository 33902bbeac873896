using System.Text.Json.Nodes;
using Assay.Tests.EndToEnd;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;

namespace Assay.Tests.Web.Simulation;

/// <summary>What the simulator says is true, held against a client that looks at the same clock.</summary>
public class SimulatorTruthTests
{
    // Nothing is ever early; what a client saw was due, and what was sent had been asked for.
    [Fact]
    public async Task Truth_lies_within_what_a_client_sees()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "truth.jsonl");
        var seen = new List<(double Sent, RawClient Client)>();
        await using (var client = SimulatorClient.Start(new SimulatorOptions { FirstToken = Delay.Parse("20ms"), Gap = Delay.Parse("4ms"), AnswerTokens = 5, TruthFile = file }))
        {
            for (var i = 0; i < 5; i++)
            {
                using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
                seen.Add((RawClient.Now, raw));
                await raw.SendAsync(RawClient.Post("/v1/chat/completions", SimulatorClient.Ask, $"X-Request-Id: run-{i}\r\n"));
                await raw.ReadToAsync("0\r\n\r\n");
            }
        }

        var truths = File.ReadLines(file).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(seen.Count, truths.Length);
        foreach (var ((sent, raw), truth) in seen.Zip(truths))
        {
            var (arrived, due, first, last) = ((double)truth["arrived"]!, (double)truth["first_due"]!, (double)truth["first_written"]!, (double)truth["last_written"]!);
            Assert.StartsWith("run-", (string)truth["id"]!, StringComparison.Ordinal);
            Assert.True(sent <= arrived);
            Assert.Equal(0.020, due - arrived, 1e-7);
            Assert.True(due <= first && first < last && raw.Reads[0].At >= due);
            Assert.True(last >= due + 0.016 && raw.Reads[^1].At >= due + 0.016);
            Assert.Equal((5, 5, 3, "ok"), ((int)truth["chunks"]!, (int)truth["tokens"]!, (int)truth["prompt_tokens"]!, (string)truth["outcome"]!));
        }
    }

    [Fact]
    public async Task Metrics_truth_and_answers_agree()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { Batching = new BatchingOptions { StepTime = TimeSpan.FromMilliseconds(1), BlockTokens = 2 } });
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => client.PostAsync("/v1/completions", $$"""{"prompt":"a b c d e {{i}}","max_tokens":{{i}}}""")));
        var (prompt, generated) = (answers.Sum(answer => (int)answer.Reply["usage"]!["prompt_tokens"]!), answers.Sum(answer => (int)answer.Reply["usage"]!["completion_tokens"]!));
        Assert.Equal((120, 210), (prompt, generated));
        var cached = answers.Sum(answer => (int)answer.Reply["usage"]!["prompt_tokens_details"]!["cached_tokens"]!);
        Assert.Equal(19 * 4, cached);
        var truth = await client.TruthAsync();
        Assert.Equal((20, 210, 60, 38), ((int)truth["requests"]!, (int)truth["tokens"]!, (int)truth["engine"]!["prompt_blocks"]!, (int)truth["engine"]!["cached_blocks"]!));
        Assert.Equal(20, (int)truth["ttft"]!["n"]!);
        Assert.Equal(20, await client.MetricAsync("time_to_first_token_seconds_count"));
        Assert.Equal(20, await client.MetricAsync("e2e_request_latency_seconds_count"));
        Assert.Equal(120, await client.MetricAsync("prompt_tokens_total"));
        Assert.Equal(210, await client.MetricAsync("generation_tokens_total"));
        Assert.Equal(120, await client.MetricAsync("prefix_cache_queries_total"));
        Assert.Equal(cached, await client.MetricAsync("prefix_cache_hits_total"));
        Assert.Equal(0, await client.MetricAsync("num_requests_running"));
        Assert.Equal(20, await client.MetricAsync("request_success_total{model_name=\"sim\",finished_reason=\"length\"}"));
    }

    [Fact]
    public async Task Reset_begins_anew()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { FirstToken = Delay.None });
        await client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask);
        Assert.Equal(16, (int)(await client.TruthAsync())["chunks"]!);
        await client.PostAsync("/truth/reset", "");
        var truth = await client.TruthAsync();
        Assert.Equal((0, 0, 0), ((int)truth["requests"]!, (int)truth["chunks"]!, (int)truth["ttft"]!["n"]!));
        Assert.Null(truth["ttft"]!["p50"]);
        Assert.Equal(1, await client.MetricAsync("time_to_first_token_seconds_count"));
    }

    [Fact]
    public async Task A_client_that_goes_ends_its_answer_and_frees_its_place()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { Batching = new BatchingOptions { MaxBatch = 1, StepTime = TimeSpan.FromMilliseconds(2) } });
        using (var raw = await RawClient.ConnectAsync(client.Simulator.Address))
        {
            await raw.SendAsync(RawClient.Post("/v1/completions", """{"prompt":"x","stream":true,"max_tokens":100000}"""));
            await raw.ReadToAsync("lorem");
        }

        var (_, reply) = await client.PostAsync("/v1/completions", """{"prompt":"y","max_tokens":2}""");
        Assert.Equal(2, (int)reply["usage"]!["completion_tokens"]!);
        Assert.Equal("""{"aborted":1,"ok":1}""", (await client.TruthAsync())["outcomes"]!.ToJsonString());
        Assert.Equal(1, await client.MetricAsync("request_success_total{model_name=\"sim\",finished_reason=\"abort\"}"));
    }

    [Fact]
    public async Task A_full_queue_refuses_and_a_prompt_too_long_for_the_cache_too()
    {
        var batching = new BatchingOptions { MaxBatch = 1, BlockTokens = 4, Blocks = 4, StepTime = TimeSpan.FromMilliseconds(2) };
        await using var client = SimulatorClient.Start(new SimulatorOptions { MaxQueue = 0, Batching = batching });
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync(RawClient.Post("/v1/completions", """{"prompt":"x y z","stream":true,"max_tokens":12}"""));
        await raw.ReadToAsync("lorem");
        var (early, refused) = await client.PostAsync("/v1/completions", """{"prompt":"y"}""");
        Assert.True((int)early == 429 || raw.Text.ToString().Contains("[DONE]", StringComparison.Ordinal), refused.ToJsonString());
        await raw.ReadToAsync("[DONE]");
        var (status, tooLong) = await client.PostAsync("/v1/completions", """{"prompt":"x y z","max_tokens":13}""");
        Assert.Equal((400, "context_length_exceeded"), ((int)status, (string?)tooLong["error"]!["code"]));

        // The second had one token, if it came after the first; what was refused is in no count.
        Assert.InRange(await client.MetricAsync("prompt_tokens_total"), 3, 4);
        Assert.Equal(0, await client.MetricAsync("request_success_total{model_name=\"sim\",finished_reason=\"abort\"}"));
    }

    [Fact]
    public async Task The_role_may_come_before_the_first_token()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { FirstToken = Delay.Parse("10s"), EarlyRole = true });
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync(RawClient.Post("/v1/chat/completions", SimulatorClient.Ask));
        var text = await raw.ReadToAsync("assistant");
        Assert.DoesNotContain("lorem", text, StringComparison.Ordinal);
    }

    // A head that was sent cannot be taken back: the refusal is an event.
    [Fact]
    public async Task A_refusal_after_an_early_role_is_an_event()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { EarlyRole = true, Batching = new BatchingOptions { BlockTokens = 4, Blocks = 2 } });
        var events = await client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask);
        Assert.NotNull(events[^1]["error"]);
    }

    // Means of 50 draws of each first delay, as the truth has them: within 5 standard errors below, and without a bound above, for writing takes time.
    [Theory]
    [InlineData("20ms", 0.020)]
    [InlineData("uniform:10ms:30ms", 0.016)]
    [InlineData("exp:20ms", 0.006)]
    [InlineData("normal:20ms:5ms", 0.016)]
    [InlineData("lognormal:20ms:0.5", 0.013)]
    public async Task A_delay_is_drawn_as_it_is_written(string text, double least)
    {
        Assert.Equal((text, false), (Delay.Parse(text).Text, Delay.Parse(text).IsNone));
        await using var client = SimulatorClient.Start(new SimulatorOptions { FirstToken = Delay.Parse(text), AnswerTokens = 1 });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask)));
        var mean = await client.MetricAsync("time_to_first_token_seconds_sum") / 50;
        Assert.True(mean >= least, $"{mean}");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5ms")]
    [InlineData("uniform:30ms:10ms")]
    [InlineData("exp")]
    [InlineData("lognormal:5ms:x")]
    [InlineData("")]
    public void What_is_no_delay_is_refused(string text) =>
        Assert.Contains("is no delay", Assert.Throws<UserErrorException>(() => Delay.Parse(text)).Message, StringComparison.Ordinal);
}
