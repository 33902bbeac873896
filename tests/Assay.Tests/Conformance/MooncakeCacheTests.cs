using System.Text.Json.Nodes;
using Assay.Tests.Web.Simulation;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;

namespace Assay.Tests.Conformance;

/// <summary>The published block hit ratio of Mooncake's conversation trace with an unbounded cache, .3664.</summary>
public class MooncakeCacheTests
{
    const int BlockTokens = 512;

    [Fact]
    public void The_engine_finds_the_blocks_of_the_trace()
    {
        var engine = new ContinuousBatching(new BatchingOptions { PrefillRate = 1e9, StepTime = TimeSpan.FromMicroseconds(10), SequenceTime = TimeSpan.Zero });
        List<TokenEvent> made = [];
        foreach (var (i, line) in File.ReadLines(Trace).Index())
        {
            var request = JsonNode.Parse(line)!;
            var at = (long)request["timestamp"]! * 1_000_000;
            engine.Advance(at, made);
            Assert.True(engine.Add(new Arrival(i, at, (int)request["input_length"]!, 1, request["hash_ids"]!.AsArray().Select(id => (ulong)id!).ToArray())));
        }

        engine.Advance(long.MaxValue - 1, made);
        Assert.Equal(12031, made.Count);
        Assert.Equal((288_500, 105_710), (engine.Counts.PromptBlocks, engine.Counts.CachedBlocks));
        Assert.Equal(0.3664, (double)engine.Counts.CachedBlocks / engine.Counts.PromptBlocks, 5e-5);
    }

    // Each block as its number and then words, as a load generator writes it: what comes through the network must hash to the same blocks.
    [Fact]
    public async Task Texts_made_of_the_trace_hit_the_same_blocks()
    {
        await using var client = SimulatorClient.Start(new SimulatorOptions { Batching = new BatchingOptions { PrefillRate = 1e9, PrefillTokens = 1_000_000, StepTime = TimeSpan.Zero } });
        var (seen, blocks, hits) = (new HashSet<int>(), 0, 0);
        foreach (var line in File.ReadLines(Trace).Take(150))
        {
            var request = JsonNode.Parse(line)!;
            var ids = request["hash_ids"]!.AsArray().Select(id => (int)id!).ToArray();
            blocks += ids.Length;
            hits += ids.Count(id => !seen.Add(id));
            var words = ids.SelectMany(id => Enumerable.Repeat("hi", BlockTokens - 1).Prepend($"b{id}")).Take((int)request["input_length"]!);
            await client.PostAsync("/v1/completions", $$"""{"prompt":"{{string.Join(' ', words)}}","max_tokens":1}""");
        }

        var engine = (await client.TruthAsync())["engine"]!;
        Assert.Equal((blocks, hits), ((int)engine["prompt_blocks"]!, (int)engine["cached_blocks"]!));
        Assert.True(hits > 100);
    }

    static string Trace => SharedFolder.Find("data", "mooncake", "conversation_trace.jsonl");
}
