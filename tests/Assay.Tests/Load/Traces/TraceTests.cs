using Assay.Load;
using Assay.Load.Traces;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Load.Traces;

public sealed class TraceTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Azure_times_are_read_to_the_tick()
    {
        var trace = Read("TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:17:03.9799600,4808,10\r\n2023-11-16 18:17:04.0319607,3180,8\r\n2024-05-10 00:00:00.009930+00:00,1,2\n");
        Assert.Equal([0L, 520_007L], trace.Requests.Take(2).Select(request => request.At.Ticks));
        Assert.Equal((4808, 10), (trace.Requests[0].InputTokens, trace.Requests[0].OutputTokens));
    }

    [Fact]
    public void Mooncake_lines_keep_their_blocks()
    {
        var trace = Read("""
            {"timestamp": 3000, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1, 2]}
            {"timestamp": 4500, "input_length": 5, "output_length": 1, "hash_ids": [0]}
            """);
        Assert.Equal(TimeSpan.FromSeconds(1.5), trace.Requests[1].At);
        Assert.Equal([0, 1, 2], trace.Requests[0].HashIds);
        Assert.Equal((6758, 500), (trace.Requests[0].InputTokens, trace.Requests[0].OutputTokens));
    }

    [Fact]
    public void BurstGPT_and_our_own_lines_are_seconds()
    {
        var burst = Read("Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,ChatGPT,472,18,490,Conversation log\n45.5,GPT-4,1087,230,1317,API log\n");
        Assert.Equal([0, 40.5], burst.Requests.Select(request => request.At.TotalSeconds));
        Assert.Equal((1087, 230), (burst.Requests[1].InputTokens, burst.Requests[1].OutputTokens));

        // Ours count from the start of the run, in any order, and lengths may be missing.
        var ours = Read("{\"at\": 2.25, \"input_tokens\": 7}\n\n{\"at\": 1}\n");
        Assert.Equal([1, 2.25], ours.Requests.Select(request => request.At.TotalSeconds));
        Assert.Equal((null, 7), (ours.Requests[0].InputTokens, ours.Requests[1].InputTokens));
    }

    [Theory]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,1,2\nnonsense\n", "trace.txt:3: the line cannot be read: 'nonsense'")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,-1,2\n", "trace.txt:2:")]
    [InlineData("a,b,c\n1,2,3\n", "trace.txt:1: this is no trace: 'a,b,c'")]
    [InlineData("{\"at\": -1}\n", "trace.txt:1:")]
    [InlineData("{\"at\": 1, \"hash_ids\": [\"x\"]}\n", "trace.txt:1:")]
    [InlineData("{\"timestamp\": 1, \"input_length\": 1.5}\n", "trace.txt:1:")]
    [InlineData("{\"timestamp\": 1\n", "trace.txt:1:")]
    [InlineData("", "the trace has no requests")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n", "the trace has no requests")]
    public void A_wrong_file_is_told_with_its_line(string text, string message) => Assert.Contains(message, Assert.Throws<UserErrorException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_the_users_mistake() => Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => Trace.Read(Path.Combine(_folder.Path, "none"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_replay_is_faster_by_the_scale_and_ends_with_duration_requests_or_trace()
    {
        var trace = Read("{\"at\": 0}\n{\"at\": 10}\n{\"at\": 30}\n");
        var arrivals = new TraceArrivals(trace, 20);
        Assert.Equal([0, 0.5, 1.5], ArrivalsTests.Seconds(arrivals, null, 0));
        Assert.Equal([0, 0.5], ArrivalsTests.Seconds(arrivals, 1.5, 0));
        Assert.Single(arrivals.Schedule(null, 1, 0));
        Assert.Equal("trace trace.txt x20", arrivals.Description);
        Assert.Empty(new LoadOptions { Arrivals = arrivals }.Problems());
        Assert.Contains("the scale is 0", new LoadOptions { Arrivals = arrivals with { Scale = 0 }, Requests = 1 }.Problems().Single(), StringComparison.Ordinal);
    }

    Trace Read(string text)
    {
        var path = Path.Combine(_folder.Path, "trace.txt");
        File.WriteAllText(path, text);
        return Trace.Read(path);
    }
}
