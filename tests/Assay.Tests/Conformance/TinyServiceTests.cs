using System.Text.Json.Nodes;
using Assay.Tests.Web;

namespace Assay.Tests.Conformance;

/// <summary>The service against the values of tiny-lm/golden.json, which the reference implementation (transformers, float32) made.</summary>
public class TinyServiceTests
{
    // float32 in another order of additions; what float16 weights are off by is a matter of the engine's own tests.
    const double Tolerance = 1e-4;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echo_gives_the_references_log_probabilities()
    {
        var golden = await ReadAsync();
        await using var server = await TinyServer.StartAsync(folder: SharedFolder.Find("tiny-lm", "hf"));
        foreach (var item in golden.Where(item => item!["ids"]!.AsArray().Count > 1))
        {
            var (_, reply) = await server.PostAsync("/v1/completions", $$"""{"prompt":{{item!["ids"]!.ToJsonString()}},"echo":true,"logprobs":1,"max_tokens":0}""");
            var scores = reply["choices"]![0]!["logprobs"]!;
            var expected = item["logprobs"]!.AsArray().Select(value => (double)value!).ToArray();
            var found = scores["token_logprobs"]!.AsArray().Skip(1).Select(value => (double)value!).ToArray();
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerance));

            // The harness's is_greedy: no alternative is above the token.
            var greedy = found.Zip(scores["top_logprobs"]!.AsArray().Skip(1), (own, top) => own >= top!.AsObject().Max(other => (double)other.Value!));
            Assert.Equal(item["is_argmax"]!.AsArray().Select(value => (bool)value!), greedy);
        }
    }

    [Fact]
    public async Task Greedy_continuations_are_the_references()
    {
        var golden = await ReadAsync();
        await using var server = await TinyServer.StartAsync();
        foreach (var item in golden)
        {
            var (_, reply) = await server.PostAsync("/v1/completions", $$"""{"prompt":{{item!["prompt_ids"]!.ToJsonString()}},"temperature":0,"max_tokens":{{item["greedy_ids"]!.AsArray().Count}},"ignore_eos":true}""");
            Assert.Equal((string)item["greedy_text"]!, (string)reply["choices"]![0]!["text"]!);
        }
    }

    [Fact]
    public async Task Tokenize_gives_the_references_ids()
    {
        var golden = await ReadAsync();
        await using var server = await TinyServer.StartAsync();
        foreach (var item in golden)
        {
            var body = new JsonObject { ["prompt"] = (string)item!["text"]! };
            var (_, reply) = await server.PostAsync("/tokenize", body.ToJsonString());
            Assert.Equal(item["ids"]!.AsArray().Skip(1).Select(id => (int)id!), reply["tokens"]!.AsArray().Select(id => (int)id!));
        }
    }

    static async Task<JsonArray> ReadAsync() =>
        JsonNode.Parse(await File.ReadAllTextAsync(SharedFolder.Find("tiny-lm", "golden.json"), Token))!.AsArray();
}
