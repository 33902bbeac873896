using Assay.Load;
using Assay.Load.Payloads;
using Assay.Load.Traces;

namespace Assay.Tests.Conformance;

/// <summary>Published traces: figures of the folder's README.</summary>
public class LoadTraceTests
{
    [Fact]
    public void The_azure_code_trace_has_its_published_figures()
    {
        var requests = Trace.Read(SharedFolder.Find("data", "azure_llm", "AzureLLMInferenceTrace_code.csv")).Requests;
        Assert.Equal(8_819, requests.Length);
        Assert.Equal(3_435.948056, requests[^1].At.TotalSeconds, 1e-9);
        Assert.Equal(2_047.8483, requests.Average(request => request.InputTokens!.Value), 1e-4);
        Assert.Equal(27.8825, requests.Average(request => request.OutputTokens!.Value), 1e-4);
        double[] gaps = [.. requests.Zip(requests.Skip(1), (a, b) => (b.At - a.At).TotalSeconds)];
        var mean = gaps.Average();
        Assert.Equal(13.15, Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean, 0.01);
    }

    [Fact]
    public void A_replay_of_the_azure_trace_is_its_times_over_the_scale()
    {
        var trace = Trace.Read(SharedFolder.Find("data", "azure_llm", "AzureLLMInferenceTrace_code.csv"));
        var schedule = new TraceArrivals(trace, 20).Schedule(null, null, 0);
        Assert.Equal(8_819, schedule.Count);
        Assert.All(schedule.Zip(trace.Requests), pair => Assert.InRange(pair.First.Ticks - (pair.Second.At.Ticks / 20.0), -0.5, 0.5));
    }

    [Fact]
    public void Mooncakes_blocks_repeat_in_the_prompts_as_in_the_trace()
    {
        var trace = Trace.Read(SharedFolder.Find("data", "mooncake", "conversation_trace.jsonl"));
        Assert.Equal(12_031, trace.Requests.Length);
        Assert.Equal(12_035, trace.Requests.Average(request => request.InputTokens!.Value), 1.0);
        Assert.Equal(343, trace.Requests.Average(request => request.OutputTokens!.Value), 1.0);
        Assert.Equal(105_710 / 288_500.0, HitRatio(trace, trace.Requests.Length, (request, _) => [.. request.HashIds]));

        // The same of the texts of the first thousand: a block is known by all that stands before it and itself.
        var prompts = new TracePrompts(trace, 1);
        Assert.Equal(HitRatio(trace, 1000, (request, _) => [.. request.HashIds]), HitRatio(trace, 1000, (_, index) => Blocks(prompts.Of(index).Text.Span)));
    }

    static double HitRatio(Trace trace, int requests, Func<TraceRequest, int, int[]> blocksOf)
    {
        var seen = new HashSet<int>();
        var (blocks, hits) = (0, 0);
        for (var i = 0; i < requests; i++)
        {
            var all = blocksOf(trace.Requests[i], i);
            blocks += all.Length;
            hits += all.TakeWhile(seen.Contains).Count();
            seen.UnionWith(all);
        }

        return (double)hits / blocks;
    }

    static int[] Blocks(ReadOnlySpan<byte> text)
    {
        var chain = default(HashCode);
        var (blocks, words) = (new List<int>(), 0);
        foreach (var word in text.Split((byte)' '))
        {
            chain.AddBytes(text[word]);
            if (++words % TracePrompts.BlockTokens == 0)
            {
                blocks.Add(chain.ToHashCode());
            }
        }

        return [.. blocks, .. words % TracePrompts.BlockTokens == 0 ? [] : (int[])[chain.ToHashCode()]];
    }
}
