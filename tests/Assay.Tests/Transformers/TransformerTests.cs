using System.Text.Json.Nodes;
using Assay.Tests.EndToEnd;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

/// <summary>Models with random weights against <see cref="ReferenceTransformer"/>, which shares no code with ours.</summary>
public class TransformerTests
{
    // float32 rounds some hundred sums of order one a layer; the measured error is below 1e-5.
    const double Tolerance = 5e-5;

    [Fact]
    public Task Grouped_heads() => Agrees(new());

    [Fact]
    public Task One_head_of_keys_for_all() => Agrees(new() { Heads = 7, KeyValueHeads = 1, HeadSize = 16, Hidden = 48 });

    [Fact]
    public Task Sizes_that_are_no_whole_vectors() => Agrees(new() { Hidden = 30, Heads = 3, KeyValueHeads = 3, HeadSize = 10, Intermediate = 37, Vocabulary = 71 });

    [Fact]
    public Task Heads_wider_than_two_vectors() => Agrees(new() { HeadSize = 80, Heads = 2, KeyValueHeads = 1, Hidden = 64 });

    [Fact]
    public Task Biases_of_qwen() => Agrees(new() { Architecture = "Qwen2ForCausalLM", Tied = true, Theta = 1_000_000 });

    [Fact]
    public Task The_window_of_mistral() => Agrees(new() { Architecture = "MistralForCausalLM", Window = 21 });

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public Task Weights_of_sixteen_bits(string type) => Agrees(new() { Type = type, Hidden = 44, Tied = true });

    [Fact]
    public Task Linear_rope_scaling() => Agrees(
        new() { RopeScaling = new JsonObject { ["rope_type"] = "linear", ["factor"] = 4.0 } },
        frequency => frequency / 4);

    [Fact]
    public Task Rope_scaling_of_llama_3() => Agrees(
        new()
        {
            HeadSize = 32,
            Theta = 500_000,
            RopeScaling = new JsonObject { ["rope_type"] = "llama3", ["factor"] = 8.0, ["low_freq_factor"] = 1.0, ["high_freq_factor"] = 4.0, ["original_max_position_embeddings"] = 64 },
        },
        Llama3);

    [Theory]
    [InlineData("model.norm.weight")]
    [InlineData("model.layers.1.mlp.up_proj.weight")]
    public void A_tensor_of_another_shape_is_named(string name)
    {
        using var folder = new TemporaryFolder();
        new RandomModel().Write(folder.Path);
        var path = Path.Combine(folder.Path, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config[name.Contains("mlp") ? "intermediate_size" : "num_hidden_layers"] = name.Contains("mlp") ? 64 : 3;
        File.WriteAllText(path, config.ToJsonString());
        var error = Assert.Throws<UserErrorException>(() => Transformer.Load(folder.Path));
        Assert.Contains(name.Contains("mlp") ? "mlp.gate_proj.weight" : "model.layers.2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_the_model_made_of_it_may_both_be_disposed()
    {
        using var folder = new TemporaryFolder();
        new RandomModel().Load(folder).Dispose();
        using var opened = ModelFolder.Open(folder.Path);
        new Transformer(opened).Dispose();
        opened.Dispose();
    }

    // The published rule, with the numbers of the test above: waves longer than 64 positions are divided by 8, shorter than 16 stay.
    static double Llama3(double frequency)
    {
        var wave = 2 * Math.PI / frequency;
        var smooth = Math.Clamp(((64 / wave) - 1) / (4 - 1), 0, 1);
        return ((1 - smooth) * frequency / 8) + (smooth * frequency);
    }

    static async Task Agrees(RandomModel random, Func<double, double>? scaled = null)
    {
        using var folder = new TemporaryFolder();
        using var model = random.Load(folder);
        await using var engine = new InferenceEngine(model, new() { Threads = 2, PrefillBlock = 24 });
        var source = new SeededRandom(random.Seed).Derive(1);
        int[] tokens = [.. Enumerable.Range(0, 75).Select(_ => source.Next(random.Vocabulary))];
        var expected = new ReferenceTransformer(random, scaled ?? (frequency => frequency)).LogProbabilities(tokens);
        var scores = await engine.ScoreAsync(tokens, random.Vocabulary, TestContext.Current.CancellationToken);
        for (var i = 0; i < scores.Length; i++)
        {
            Assert.Equal(tokens[i + 1], scores[i].Id);
            Assert.Equal(expected[i][tokens[i + 1]], scores[i].LogProbability, Tolerance);
            Assert.All(scores[i].Top, top => Assert.Equal(expected[i][top.Id], top.LogProbability, Tolerance));
        }
    }
}
