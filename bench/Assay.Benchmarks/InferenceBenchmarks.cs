using Assay.Transformers;

namespace Assay.Benchmarks;

/// <summary>
/// The tiny model on one thread beside llama.cpp. Its decoding of eight texts is timed as a prompt of eight tokens, 128 times: the same
/// products, without its sampling. Ours goes through the engine, with sampling and text.
/// </summary>
static class InferenceBenchmarks
{
    const int PromptLength = 512;
    const int AnswerLength = 128;

    public static IEnumerable<Benchmark> All => [.. Of("float32", "tiny.gguf", Single), .. Of("float16", "tiny-f16.gguf", _ => Transformer.Tiny())];

    static IEnumerable<Benchmark> Of(string type, string file, Func<PeerData, Transformer> load) =>
    [
        new("Inference", $"{type}: prompt of 512", LlamaBench.Case(file, 1, "-p 512 -n 0"), 0.7, peers => Prompts(load(peers), 1)),
        new("Inference", $"{type}: 8 prompts of 512", LlamaBench.Case(file, 8, "-p 512 -n 0"), 0.7, peers => Prompts(load(peers), 8)),
        new("Inference", $"{type}: answer of 128", LlamaBench.Case(file, 1, "-p 0 -n 128"), 0.7, peers => Answers(load(peers), 1)),
        new("Inference", $"{type}: 8 answers of 128", LlamaBench.Case(file, 128, "-p 8 -n 0"), 0.7, peers => Answers(load(peers), 8)),
    ];

    static Transformer Single(PeerData peers) => Transformer.Load(Path.Combine(peers.Shared, "tiny-lm", "hf"));

    static Func<object?> Prompts(Transformer model, int batch) => Work(model, batch, PromptLength, 1);

    static Func<object?> Answers(Transformer model, int batch) => Work(model, batch, 2, AnswerLength);

    // Other tokens each time: nothing comes from the cache.
    static Func<object?> Work(Transformer model, int batch, int promptLength, int answerLength)
    {
        var engine = new InferenceEngine(model, new() { MaxBatch = batch, Threads = 1 });
        var random = new SeededRandom(1);
        return () => Task.WhenAll(Enumerable.Range(0, batch).Select(_ => Count(
            engine,
            new() { Prompt = [.. Enumerable.Range(0, promptLength).Select(_ => random.Next(1024))], MaxTokens = answerLength, IgnoreEos = true }))).Result.Sum();
    }

    static async Task<int> Count(InferenceEngine engine, GenerationRequest request)
    {
        var count = 0;
        await foreach (var token in engine.GenerateAsync(request, CancellationToken.None))
        {
            count++;
        }

        return count;
    }
}
