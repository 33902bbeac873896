using Assay.Web.Simulation.Batching;

namespace Assay.Tests.Web.Simulation;

/// <summary>Schedules computed by hand: a step takes 10 ms + 1 ms for each decoding answer + 1 ms for each prompt token.</summary>
public class ContinuousBatchingTests
{
    const long Ms = 1_000_000;

    static readonly BatchingOptions _options = new()
    {
        StepTime = TimeSpan.FromMilliseconds(10),
        SequenceTime = TimeSpan.FromMilliseconds(1),
        PrefillRate = 1000,
        PrefillTokens = 100,
        BlockTokens = 4,
    };

    [Fact]
    public void One_request_is_prefilled_and_decoded_step_by_step() =>
        Assert.Equal([(1, 5 + 18), (1, 23 + 11), (1, 34 + 11)], Run(_options, (1, 5, 8, 3)));

    // The second comes within the first's prefill, and shares the step in which the first decodes: 10 + 1 + 6.
    [Fact]
    public void A_request_that_comes_within_a_step_joins_the_next() =>
        Assert.Equal([(1, 14), (1, 31), (2, 31), (1, 43), (2, 43)], Run(_options, (1, 0, 4, 3), (2, 3, 6, 2)));

    [Fact]
    public void A_full_batch_makes_others_wait_first_come_first_served() =>
        Assert.Equal([(1, 12), (1, 23), (2, 35), (3, 47)], Run(_options with { MaxBatch = 1 }, (1, 0, 2, 2), (2, 1, 2, 1), (3, 2, 2, 1)));

    // 10 prompt tokens at 4 a step: 14, 14, 12.
    [Fact]
    public void A_long_prompt_takes_several_steps() =>
        Assert.Equal([(1, 40), (1, 51)], Run(_options with { PrefillTokens = 4 }, (1, 0, 10, 2)));

    [Fact]
    public void Time_without_requests_is_no_time_of_the_server() =>
        Assert.Equal([(1, 12), (2, 512)], Run(_options, (1, 0, 2, 1), (2, 500, 2, 1)));

    // Of 9 tokens, 8 are two blocks that the first prompt left, and 1 is computed. The same prompt once more: all but its last token is there.
    [Fact]
    public void Blocks_of_an_earlier_prompt_are_not_computed_again()
    {
        var engine = new ContinuousBatching(_options);
        List<TokenEvent> made = [];
        Assert.True(engine.Add(new Arrival(1, 0, 8, 1, new ulong[] { 11, 12 })));
        engine.Advance(100 * Ms, made);
        Assert.True(engine.Add(new Arrival(2, 100 * Ms, 9, 1, new ulong[] { 11, 12, 13 })));
        engine.Advance(200 * Ms, made);
        Assert.True(engine.Add(new Arrival(3, 200 * Ms, 8, 1, new ulong[] { 11, 12 })));
        engine.Advance(300 * Ms, made);
        Assert.Equal([18 * Ms, 111 * Ms, 211 * Ms], made.Select(item => item.At));
        Assert.Equal([0, 8, 7], made.Select(item => item.CachedTokens));
        Assert.Equal((7, 4, 25, 15), (engine.Counts.PromptBlocks, engine.Counts.CachedBlocks, engine.Counts.PromptTokens, engine.Counts.CachedTokens));
    }

    [Fact]
    public void Without_a_prefix_cache_every_prompt_is_computed_whole()
    {
        var engine = new ContinuousBatching(_options with { PrefixCache = false });
        List<TokenEvent> made = [];
        engine.Add(new Arrival(1, 0, 8, 1, new ulong[] { 11, 12 }));
        engine.Add(new Arrival(2, 0, 8, 1, new ulong[] { 11, 12 }));
        engine.Advance(100 * Ms, made);
        Assert.Equal(0, engine.Counts.CachedBlocks);
    }

    // 4 blocks: prompt a (2) and its answer (1) fill 3 and leave 2 to reuse; prompt b needs 3, so of a's blocks the last is given up, then its first is alone.
    [Fact]
    public void A_cache_that_is_full_gives_up_what_was_used_longest_ago_and_of_a_prompt_its_end()
    {
        var engine = new ContinuousBatching(_options with { Blocks = 4 });
        List<TokenEvent> made = [];
        engine.Add(new Arrival(1, 0, 8, 1, new ulong[] { 11, 12 }));
        engine.Advance(100 * Ms, made);
        engine.Add(new Arrival(2, 100 * Ms, 8, 1, new ulong[] { 21, 22 }));
        engine.Advance(200 * Ms, made);
        engine.Add(new Arrival(3, 200 * Ms, 8, 1, new ulong[] { 11, 12 }));
        engine.Advance(300 * Ms, made);
        Assert.Equal([0, 0, 4], made.Select(item => item.CachedTokens));
    }

    // 5 blocks. Both prompts (1 block each) and both answers (1 each) fit until the 5th token of the first takes the last block; that of the second
    // finds none, and the second, taken up last, gives way. It comes back when the first is whole, and computes its 4 + 4 tokens again.
    [Fact]
    public void The_answer_taken_up_last_gives_way_when_blocks_run_out_and_is_computed_again()
    {
        var engine = new ContinuousBatching(_options with { Blocks = 5, PrefixCache = false });
        List<TokenEvent> made = [];
        engine.Add(new Arrival(1, 0, 4, 6, default));
        engine.Add(new Arrival(2, 0, 4, 5, default));
        engine.Advance(1000 * Ms, made);
        Assert.Equal(1, engine.Counts.Preemptions);
        Assert.Equal([14L, 29, 41, 53, 65, 76], made.Where(item => item.Id == 1).Select(item => item.At / Ms));
        Assert.Equal([29L, 41, 53, 65, 94], made.Where(item => item.Id == 2).Select(item => item.At / Ms));
        Assert.Equal(0, engine.Counts.BlocksInUse);
    }

    [Fact]
    public void A_request_that_can_never_fit_is_refused()
    {
        var engine = new ContinuousBatching(_options with { Blocks = 3 });
        Assert.False(engine.Add(new Arrival(1, 0, 9, 1, default)));
        Assert.True(engine.Add(new Arrival(2, 0, 8, 4, default)));
        Assert.Equal(long.MaxValue, new ContinuousBatching(_options).NextDue);
    }

    [Fact]
    public void A_request_that_is_cancelled_gets_nothing_more_and_gives_its_blocks_back()
    {
        var engine = new ContinuousBatching(_options with { MaxBatch = 1 });
        List<TokenEvent> made = [];
        engine.Add(new Arrival(1, 0, 4, 100, default));
        engine.Add(new Arrival(2, 0, 4, 1, default));
        engine.Add(new Arrival(3, 0, 4, 1, default));
        engine.Advance(20 * Ms, made);
        engine.Cancel(1);
        engine.Cancel(2);
        engine.Cancel(99);
        engine.Advance(100 * Ms, made);
        Assert.Equal([1L, 3L], made.Select(item => item.Id));
        Assert.Equal((0, 0, 0), (engine.Counts.Running, engine.Counts.Waiting, engine.Counts.BlocksInUse));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_token_is_made_once_and_no_limit_is_passed(ulong seed)
    {
        var random = new SeededRandom(seed);
        var options = _options with { MaxBatch = 7, Blocks = 40, PrefillTokens = 16, Jitter = 0.2, Seed = seed };
        var (at, wanted, arrivals) = (0L, new Dictionary<long, int>(), new List<Arrival>());
        for (var id = 1L; id <= 400; id++)
        {
            at += (long)(20 * Ms * random.NextExponential());
            var prompt = 1 + random.Next(40);
            wanted[id] = 1 + random.Next(30);
            arrivals.Add(new Arrival(id, at, prompt, wanted[id], Enumerable.Range(0, (prompt + 3) / 4).Select(i => (ulong)((100 * random.Next(2)) + i)).ToArray()));
        }

        var (made, counts) = (new List<TokenEvent>(), new List<EngineCounts>());
        var engine = new ContinuousBatching(options);
        foreach (var arrival in arrivals)
        {
            engine.Advance(arrival.At, made);
            counts.Add(engine.Counts);
            Assert.True(engine.Add(arrival));
        }

        while (engine.NextDue < long.MaxValue)
        {
            engine.Advance(engine.NextDue, made);
            counts.Add(engine.Counts);
        }

        Assert.Equal(wanted, made.GroupBy(item => item.Id).ToDictionary(group => group.Key, group => group.Sum(item => item.Count)));
        Assert.All(made.GroupBy(item => item.Id), group => Assert.Equal((true, 1), (group.Last().IsLast, group.Count(item => item.IsLast))));
        Assert.Equal(made.Select(item => item.At).Order(), made.Select(item => item.At));
        Assert.All(counts, now => Assert.True(now.Running <= 7 && now.BlocksInUse <= 40));
        Assert.Equal((0, 0, 0), (engine.Counts.Running, engine.Counts.Waiting, engine.Counts.BlocksInUse));
        Assert.True(engine.Counts is { Preemptions: > 0, CachedBlocks: > 0 });
        Assert.Equal(wanted.Values.Sum(), engine.Counts.GeneratedTokens);

        // The order in which time is told does not matter.
        var (again, other) = (new List<TokenEvent>(), new ContinuousBatching(options));
        foreach (var arrival in arrivals)
        {
            for (var step = other.NextDue; step <= arrival.At; step = other.NextDue)
            {
                other.Advance(step, again);
            }

            other.Add(arrival);
        }

        other.Advance(long.MaxValue - 1, again);
        Assert.Equal(made, again);
    }

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        var error = Assert.Throws<UserErrorException>(() => new ContinuousBatching(new BatchingOptions { MaxBatch = 0, PrefillRate = -1, BlockTokens = 0 }));
        Assert.Contains("batch is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("rate is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("block has 0", error.Message, StringComparison.Ordinal);
    }

    static IEnumerable<(int, int)> Run(BatchingOptions options, params (int Id, int At, int Prompt, int Output)[] requests)
    {
        var engine = new ContinuousBatching(options);
        List<TokenEvent> made = [];
        foreach (var (id, at, prompt, output) in requests)
        {
            engine.Advance(at * Ms, made);
            engine.Add(new Arrival(id, at * Ms, prompt, output, default));
        }

        engine.Advance(10_000 * Ms, made);
        return made.Select(item => ((int)item.Id, (int)(item.At / Ms)));
    }
}
