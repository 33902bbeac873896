using System.Collections.Immutable;
using System.Text.Json;
using Assay.Transformers;

namespace Assay.Tests.Conformance;

/// <summary>
/// Log-probabilities and greedy continuations of ../shared/tiny-lm/golden.json, made with transformers in float32.
/// </summary>
public class TinyLanguageModelTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_probabilities_from_float32_weights()
    {
        using var model = Transformer.Load(SharedFolder.Find("tiny-lm", "hf"));
        var errors = await Errors(model);
        Assert.True(errors.Max() <= 1e-4, $"the largest error is {errors.Max()}");
    }

    [Fact]
    public async Task Log_probabilities_from_the_embedded_float16_weights()
    {
        using var model = Transformer.Tiny();
        var errors = await Errors(model);

        // The tolerance of the task; it holds because the early weights stay float32 (eng/tiny-float16.py).
        Assert.True(errors.Max() <= 5e-3, $"the largest error is {errors.Max()}, {errors.Count(error => error > 5e-3)} of {errors.Length} are above 5e-3");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    public async Task Greedy_continuations(int batch, int threads)
    {
        using var full = Transformer.Load(SharedFolder.Find("tiny-lm", "hf"));
        using var half = Transformer.Tiny();
        foreach (var model in new[] { full, half })
        {
            await using var engine = new InferenceEngine(model, new() { MaxBatch = batch, Threads = threads });
            await Task.WhenAll(Golden().Select(async golden => Assert.Equal(golden.GreedyIds, await Greedy(engine, golden))));
        }
    }

    static async Task<double[]> Errors(Transformer model)
    {
        var errors = new List<double>();
        await using var engine = new InferenceEngine(model, new());
        foreach (var golden in Golden())
        {
            var scores = await engine.ScoreAsync(golden.Ids.ToArray(), 1, Cancellation);
            errors.AddRange(scores.Zip(golden.LogProbabilities, (score, expected) => Math.Abs(score.LogProbability - expected)));
            Assert.Equal(golden.LogProbabilities.Length, scores.Length);
            Assert.Equal(golden.IsArgmax, scores.Select(score => score.IsGreedy));
        }

        return [.. errors];
    }

    static async Task<List<int>> Greedy(InferenceEngine engine, GoldenText golden)
    {
        var (ids, text) = (new List<int>(), "");
        await foreach (var token in engine.GenerateAsync(new() { Prompt = golden.PromptIds, MaxTokens = golden.GreedyIds.Length, IgnoreEos = true }, Cancellation))
        {
            ids.Add(token.Id);
            text += token.Text;
        }

        Assert.Equal(golden.GreedyText, text);
        return ids;
    }

    static IEnumerable<GoldenText> Golden()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Find("tiny-lm", "golden.json")));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            yield return new GoldenText(
                entry.GetProperty("ids").Deserialize<ImmutableArray<int>>(),
                entry.GetProperty("logprobs").Deserialize<double[]>()!,
                entry.GetProperty("is_argmax").Deserialize<bool[]>()!,
                entry.GetProperty("prompt_ids").Deserialize<ImmutableArray<int>>(),
                entry.GetProperty("greedy_ids").Deserialize<ImmutableArray<int>>(),
                entry.GetProperty("greedy_text").GetString()!);
        }
    }

    sealed record GoldenText(ImmutableArray<int> Ids, double[] LogProbabilities, bool[] IsArgmax, ImmutableArray<int> PromptIds, ImmutableArray<int> GreedyIds, string GreedyText);
}
