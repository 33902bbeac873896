using System.Collections.Immutable;
using Assay.Tests.EndToEnd;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public sealed class InferenceEngineTests : IDisposable
{
    static readonly int[] _two = [0, 5];

    readonly Transformer _tiny = Transformer.Tiny();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public async Task Every_batch_block_and_number_of_threads_gives_the_same_bits(string type)
    {
        using var folder = new TemporaryFolder();
        using var model = new RandomModel { Type = type, Hidden = 56, Heads = 6, KeyValueHeads = 2, HeadSize = 12, Intermediate = 72, Vocabulary = 130 }.Load(folder);
        var alone = await Answers(model, new() { MaxBatch = 1, Threads = 1, PrefillBlock = 1 });
        foreach (var (batch, threads, block) in new[] { (8, 1, 128), (8, 2, 37), (3, 3, 16) })
        {
            Assert.Equal(alone, await Answers(model, new() { MaxBatch = batch, Threads = threads, PrefillBlock = block }));
        }
    }

    [Fact]
    public async Task A_prefix_from_the_cache_gives_the_same_bits()
    {
        await using var engine = new InferenceEngine(_tiny, new() { Threads = 1, PrefillBlock = 48 });
        var tokens = _tiny.Tokenizer.Encode("Question: 12 + 30 =\nAnswer: 42\n\nQuestion: Which number is the largest?\nA. 7\nB. 91\nC. 30\nD. 5\nAnswer: B\n\n");
        var whole = await engine.ScoreAsync(tokens, 0, Cancellation);
        Assert.Equal(0, engine.Statistics.PrefixHits);
        var rest = await engine.ScoreAsync(tokens, 40, 0, Cancellation);
        Assert.Equal(32, engine.Statistics.PrefixHits);
        Assert.Equal(whole[39..].Select(score => score.LogProbability), rest.Select(score => score.LogProbability));
        Assert.Equal(0, engine.Statistics.CacheUse);
    }

    [Fact]
    public async Task A_cache_that_is_full_of_old_texts_makes_room()
    {
        await using var small = new InferenceEngine(_tiny, new() { MaxBatch = 3, Threads = 1, KvCacheTokens = 160 });
        await using var large = new InferenceEngine(_tiny, new() { MaxBatch = 3, Threads = 1 });
        for (var round = 0; round < 12; round++)
        {
            var requests = Enumerable.Range(round, 4).Select(i => new GenerationRequest { Prompt = [.. Enumerable.Range(0, 20 + i).Select(k => 5 + (k * i % 900))], MaxTokens = 40, IgnoreEos = true }).ToArray();
            var (a, b) = (await Task.WhenAll(requests.Select(request => Tokens(small, request))), await Task.WhenAll(requests.Select(request => Tokens(large, request))));
            Assert.Equal(b.Select(tokens => string.Join(' ', tokens.Select(token => token.Id))), a.Select(tokens => string.Join(' ', tokens.Select(token => token.Id))));
        }

        Assert.Equal(0, small.Statistics.CacheUse);
        Assert.True(large.Statistics.PrefixHits > 0);
    }

    [Fact]
    public async Task A_seed_repeats_the_answer_and_another_one_does_not()
    {
        await using var engine = new InferenceEngine(_tiny, new());
        var request = new GenerationRequest { Prompt = [0], MaxTokens = 40, Sampling = new() { Temperature = 1.5, TopK = 200, TopP = 0.95, Seed = 5 } };
        var (first, again) = (await Tokens(engine, request), await Tokens(engine, request));
        Assert.Equal(first.Select(token => token.Id), again.Select(token => token.Id));
        var other = await Tokens(engine, request with { Sampling = request.Sampling with { Seed = 6 } });
        Assert.NotEqual(first.Select(token => token.Id), other.Select(token => token.Id));
    }

    [Fact]
    public async Task Samples_follow_the_model_within_top_k_and_top_p()
    {
        await using var engine = new InferenceEngine(_tiny, new());
        var prompt = _tiny.Tokenizer.Encode("<s>Question: 7").ToImmutableArray();
        var top = (await Tokens(engine, new() { Prompt = prompt, MaxTokens = 1, TopLogProbabilities = 1024 }))[0].Top;
        Assert.Equal(1, top.Sum(token => Math.Exp(token.LogProbability)), 1e-4);
        var kept = top.TakeWhile((_, i) => top[..i].Sum(token => Math.Exp(token.LogProbability)) < 0.9).ToArray();
        var counts = new Dictionary<int, int>();
        for (var seed = 0UL; seed < 400; seed++)
        {
            var id = (await Tokens(engine, new() { Prompt = prompt, MaxTokens = 1, Sampling = new() { Temperature = 1, TopP = 0.9, Seed = seed } }))[0].Id;
            counts[id] = counts.GetValueOrDefault(id) + 1;
            Assert.Contains(id, kept.Select(token => token.Id));
            Assert.Equal(top[0].Id, (await Tokens(engine, new() { Prompt = prompt, MaxTokens = 1, Sampling = new() { Temperature = 9, TopK = 1, Seed = seed } }))[0].Id);
        }

        // Four standard deviations of a share of 400.
        var share = Math.Exp(kept[0].LogProbability) / kept.Sum(token => Math.Exp(token.LogProbability));
        Assert.Equal(share, counts[kept[0].Id] / 400.0, (4 * Math.Sqrt(share * (1 - share) / 400)) + 1e-9);
    }

    [Theory]
    [InlineData("\n", " 42")]
    [InlineData("2\n\nQuest", " 4")]
    [InlineData("Review|42", " ")]
    [InlineData("2\nX|: 8 + 4", " 42\n\nQuestion")]
    public async Task A_stop_text_ends_the_answer_wherever_its_tokens_are_cut(string stops, string expected)
    {
        await using var engine = new InferenceEngine(_tiny, new());
        var tokens = await Tokens(engine, Sum(64) with { Stop = [.. stops.Split('|')] });
        Assert.Equal(expected, string.Concat(tokens.Select(token => token.Text)));
        Assert.Equal(FinishReason.Stop, tokens[^1].Finish);
        Assert.All(tokens[..^1], token => Assert.Null(token.Finish));
    }

    [Fact]
    public async Task Text_that_could_have_been_a_stop_text_is_shown_at_the_end()
    {
        await using var engine = new InferenceEngine(_tiny, new());
        var tokens = await Tokens(engine, Sum(3) with { Stop = ["42\n?"] });
        Assert.Equal([" ", "", "42"], tokens.Select(token => token.Text));
        Assert.Equal(FinishReason.Length, tokens[^1].Finish);
    }

    [Fact]
    public async Task The_end_token_ends_the_answer_unless_it_is_ignored()
    {
        await using var engine = new InferenceEngine(_tiny, new());
        var tokens = await Tokens(engine, Sum(400));
        Assert.Equal((1, FinishReason.Stop), (tokens[^1].Id, tokens[^1].Finish));
        Assert.Equal(400, (await Tokens(engine, Sum(400) with { IgnoreEos = true })).Count);
    }

    [Fact]
    public async Task The_context_ends_the_answer()
    {
        await using var engine = new InferenceEngine(_tiny, new() { KvCacheTokens = 100 });
        Assert.Equal(100, engine.ContextLength);
        var tokens = await Tokens(engine, new() { Prompt = [.. Enumerable.Repeat(5, 90)], MaxTokens = 50, IgnoreEos = true });
        Assert.Equal((10, FinishReason.Length), (tokens.Count, tokens[^1].Finish));
    }

    [Fact]
    public async Task What_a_caller_got_wrong_is_said()
    {
        await using var engine = new InferenceEngine(_tiny, new() { KvCacheTokens = 64 });
        await Refused(new() { Prompt = [] }, "the prompt is empty");
        await Refused(new() { Prompt = [.. new int[64]] }, "has 64 tokens. At most 63");
        await Refused(new() { Prompt = [3, 1024] }, "token 1 is 1024");
        await Refused(new() { Prompt = [3], MaxTokens = 0 }, "MaxTokens is 0");
        await Refused(new() { Prompt = [3], Stop = ["a", ""] }, "stop text is empty");
        await Refused(new() { Prompt = [3], Sampling = new() { Temperature = double.NaN } }, "Temperature is NaN");
        await Refused(new() { Prompt = [3], Sampling = new() { TopP = 0 } }, "TopP is 0");
        await Assert.ThrowsAsync<UserErrorException>(() => engine.ScoreAsync(new int[66], 0, Cancellation));
        await Assert.ThrowsAsync<UserErrorException>(() => engine.ScoreAsync(ReadOnlyMemory<int>.Empty, 0, Cancellation));
        Assert.Equal(64, (await engine.ScoreAsync(new int[65], 0, Cancellation)).Length);
        Assert.Empty(await engine.ScoreAsync(new int[1], 0, Cancellation));
        Assert.Throws<UserErrorException>(() => new InferenceEngine(_tiny, new() { MaxBatch = 0 }));

        async Task Refused(GenerationRequest request, string message)
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(() => Tokens(engine, request));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_full_queue_refuses_and_serves_those_who_wait()
    {
        using var clock = new HeldClock();
        await using var engine = new InferenceEngine(_tiny, new() { MaxBatch = 1, MaxQueue = 2, Threads = 1, TimeProvider = clock });
        int[] tokens = [0, 5, 6];
        Task<ImmutableArray<TokenScore>>[] inside = [.. Enumerable.Range(0, 3).Select(_ => engine.ScoreAsync(tokens, 0, Cancellation))];
        var error = await Assert.ThrowsAsync<QueueFullException>(() => engine.ScoreAsync(tokens, 0, Cancellation));
        Assert.True(error.RetryAfter >= TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<QueueFullException>(() => Tokens(engine, Sum(1)));
        clock.Release();
        await Task.WhenAll(inside);
        Assert.Equal(2, (await engine.ScoreAsync(tokens, 0, Cancellation)).Length);
    }

    [Fact]
    public async Task Cancelling_frees_the_place_and_the_cache_at_once()
    {
        await using var engine = new InferenceEngine(_tiny, new() { MaxBatch = 1, MaxQueue = 1, Threads = 1, KvCacheTokens = 2048 });
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            // All likeliest tokens in order make each token slow: the end is seconds away.
            await foreach (var _ in engine.GenerateAsync(Sum(1900) with { IgnoreEos = true, TopLogProbabilities = 1024 }, hangUp.Token))
            {
                await hangUp.CancelAsync();
            }
        });
        Assert.Single(await Tokens(engine, Sum(1)));
        Assert.Equal((0, 0, 0.0), (engine.Statistics.Running, engine.Statistics.Waiting, engine.Statistics.CacheUse));
        Assert.InRange(engine.Statistics.GeneratedTokens, 2, 1900);
    }

    [Fact]
    public async Task One_that_waits_can_be_cancelled()
    {
        using var clock = new HeldClock();
        await using var engine = new InferenceEngine(_tiny, new() { MaxBatch = 1, MaxQueue = 1, Threads = 1, TimeProvider = clock });
        using var hangUp = new CancellationTokenSource();
        var first = engine.ScoreAsync(_two, 0, Cancellation);
        var second = engine.ScoreAsync(_two, 0, hangUp.Token);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        clock.Release();
        Assert.Single(await first);
    }

    [Fact]
    public async Task Disposing_ends_what_is_in_work()
    {
        var engine = new InferenceEngine(_tiny, new());
        await using var tokens = engine.GenerateAsync(Sum(1900) with { IgnoreEos = true, TopLogProbabilities = 1024 }, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await tokens.MoveNextAsync());
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            while (await tokens.MoveNextAsync())
            {
            }
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ScoreAsync(_two, 0, Cancellation));
    }

    GenerationRequest Sum(int most) => new() { Prompt = [.. _tiny.Tokenizer.Encode("<s>Question: 12 + 30 =\nAnswer:")], MaxTokens = most };

    static async Task<string[]> Answers(Transformer model, InferenceOptions options)
    {
        await using var engine = new InferenceEngine(model, options);
        var requests = Enumerable.Range(0, 9).Select(i => new GenerationRequest
        {
            Prompt = [.. Enumerable.Range(0, 1 + (i * 11)).Select(k => k * (i + 3) % 128)],
            MaxTokens = 24,
            IgnoreEos = true,
            TopLogProbabilities = 2,
            Sampling = i % 2 == 0 ? new() : new() { Temperature = 0.9, TopK = 40, TopP = 0.9, Seed = (ulong)i },
        });
        var scores = engine.ScoreAsync(Enumerable.Range(0, 128).ToArray(), 3, Cancellation);
        var tokens = await Task.WhenAll(requests.Select(request => Tokens(engine, request)));
        return [.. tokens.SelectMany(answer => answer).Select(token => $"{token.Id} {token.LogProbability:R} {token.Top[1].LogProbability:R}"), .. (await scores).Select(score => $"{score.LogProbability:R} {score.Top[2]}")];
    }

    static async Task<List<GeneratedToken>> Tokens(InferenceEngine engine, GenerationRequest request)
    {
        var tokens = new List<GeneratedToken>();
        await foreach (var token in engine.GenerateAsync(request, Cancellation))
        {
            tokens.Add(token);
        }

        return tokens;
    }
}
