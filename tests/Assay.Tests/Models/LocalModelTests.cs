using Assay.Models;
using Assay.Tasks;
using Assay.Transformers;

namespace Assay.Tests.Models;

public sealed class LocalModelTests : IAsyncLifetime
{
    readonly LocalModel _model = LocalModel.Load(new LocalModelOptions { Threads = 1 });

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task It_answers_up_to_the_stop()
    {
        var response = await _model.AnswerAsync(Ask("Question: 12 + 30 =\nAnswer:"), Token);
        Assert.Equal((" 42", Outcome.Ok), (response.Text, response.Outcome));
    }

    [Fact]
    public async Task As_chat_the_answer_is_the_whole_line()
    {
        await using var chat = LocalModel.Load(new LocalModelOptions { Form = PromptForm.Chat, Threads = 1 });
        Assert.Equal("Answer: 42", (await chat.AnswerAsync(Ask("Question: 12 + 30 ="), Token)).Text);
    }

    [Fact]
    public async Task What_is_cut_too_long_or_empty_is_a_named_failure()
    {
        var cut = await _model.AnswerAsync(Ask("Question: 12 + 30 =\nAnswer:") with { Generation = new GenerationOptions { MaxTokens = 1, Until = ["\n"] } }, Token);
        Assert.Equal(Outcome.Truncated, cut.Outcome);
        var tooLong = await _model.AnswerAsync(Ask(string.Concat(Enumerable.Repeat("7 ", 1100))), Token);
        Assert.Equal((null, Outcome.Error), (tooLong.Text, tooLong.Outcome));
        Assert.Contains("2048", tooLong.Reason, StringComparison.Ordinal);
        Assert.Equal(Outcome.Error, (await _model.AnswerAsync(Ask(""), Token)).Outcome);
    }

    [Fact]
    public async Task The_right_answer_is_greedy_and_likelier_than_a_wrong_one()
    {
        var right = await _model.LogLikelihoodAsync("Question: What is the capital of France?\nAnswer:", " Paris", Token);
        var wrong = await _model.LogLikelihoodAsync("Question: What is the capital of France?\nAnswer:", " Oslo", Token);
        Assert.True(right.IsGreedy);
        Assert.False(wrong.IsGreedy);
        Assert.True(right.LogProbability > wrong.LogProbability);
    }

    [Fact]
    public async Task Blanks_at_the_end_of_the_context_count_to_the_continuation()
    {
        var inside = await _model.LogLikelihoodAsync("Question: 12 + 30 =\nAnswer:", " 42", Token);
        var outside = await _model.LogLikelihoodAsync("Question: 12 + 30 =\nAnswer: ", "42", Token);
        Assert.Equal(inside, outside);
        Assert.Equal(3, inside.Tokens);
    }

    [Fact]
    public async Task Context_and_continuation_are_a_part_of_the_whole()
    {
        const string Context = "Question: 12 + 30 =\nAnswer:";
        var (rolling, first, second) = (await _model.RollingLogLikelihoodAsync(Context + " 42", Token), await _model.LogLikelihoodAsync("", Context, Token), await ScoreAfterStartAsync(Context, " 42"));
        Assert.Equal(rolling.LogProbability!.Value, first.LogProbability!.Value + second, 1e-4);
    }

    [Fact]
    public async Task A_text_longer_than_the_context_is_judged_in_the_harness_windows()
    {
        var text = string.Concat(Enumerable.Range(0, 900).Select(i => $"Question: {i} + 1 =\nAnswer: {i + 1}\n\n"));
        using var model = Transformer.Tiny();
        await using var engine = new InferenceEngine(model, new InferenceOptions { Threads = 1 });
        var tokens = model.Tokenizer.Encode(text);
        var length = model.Config.MaxPositions;
        var sum = 0.0;
        var judged = 0;

        // utils.get_rolling_token_windows(tokens, prefix, length, 1): the first window reads the prefix and length - 1 tokens; each next one
        // judges up to length more and reads the length tokens before its last.
        while (judged < tokens.Length)
        {
            var more = Math.Min(length, tokens.Length - judged);
            var scores = await engine.ScoreAsync(judged == 0 ? Begun(tokens[..more]) : tokens[(judged + more - length - 1)..(judged + more)], 0, Token);
            sum += scores.AsSpan()[^more..].ToArray().Sum(score => (double)score.LogProbability);
            judged += more;
        }

        var rolling = await _model.RollingLogLikelihoodAsync(text, Token);
        Assert.True(tokens.Length > 3 * length);
        Assert.Equal(tokens.Length, rolling.Tokens);
        Assert.Equal(sum, rolling.LogProbability!.Value, 1e-3);
    }

    [Fact]
    public async Task An_empty_text_has_no_likelihood()
    {
        var nothing = await _model.RollingLogLikelihoodAsync("", Token);
        Assert.Equal((null, Outcome.Error), (nothing.LogProbability, nothing.Outcome));
        Assert.Equal(Outcome.Error, (await _model.LogLikelihoodAsync("a", "", Token)).Outcome);
    }

    [Fact]
    public async Task Sampled_answers_repeat_with_the_seed()
    {
        var request = Ask("Review: The film was") with { Generation = new GenerationOptions { Temperature = 1.5, MaxTokens = 20, Until = [] } };
        await using var again = LocalModel.Load(new LocalModelOptions { Threads = 1 });
        await using var other = LocalModel.Load(new LocalModelOptions { Threads = 1, Seed = 2 });
        var first = await _model.AnswerAsync(request, Token);
        Assert.Equal(first, await again.AnswerAsync(request, Token));
        Assert.NotEqual(first.Text, (await other.AnswerAsync(request, Token)).Text);
    }

    static int[] Begun(int[] tokens) => [0, .. tokens];

    static async Task<double> ScoreAfterStartAsync(string context, string continuation)
    {
        using var model = Transformer.Tiny();
        await using var engine = new InferenceEngine(model, new InferenceOptions { Threads = 1 });
        int[] tokens = [0, .. model.Tokenizer.Encode(context + continuation)];
        var scores = await engine.ScoreAsync(tokens, 0, Token);
        return scores.AsSpan()[^(model.Tokenizer.Count(context + continuation) - model.Tokenizer.Count(context))..].ToArray().Sum(score => (double)score.LogProbability);
    }

    static Request Ask(string prompt) => new()
    {
        SampleId = "0",
        Position = 0,
        Prompt = prompt,
        Generation = new GenerationOptions { Until = ["\n"], MaxTokens = 16 },
    };
}
