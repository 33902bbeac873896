using System.Text;
using System.Text.Json.Nodes;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public class TransformerConfigTests
{
    // config.json of Llama 3.2 1B, less what only training uses.
    const string Llama32 = """
        {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "bos_token_id": 128000, "eos_token_id": [128001, 128008, 128009],
         "head_dim": 64, "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 8192, "max_position_embeddings": 131072,
         "mlp_bias": false, "num_attention_heads": 32, "num_hidden_layers": 16, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
         "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"},
         "rope_theta": 500000.0, "tie_word_embeddings": true, "torch_dtype": "bfloat16", "vocab_size": 128256}
        """;

    [Fact]
    public void Llama_3_is_read()
    {
        var config = Read(Llama32);
        Assert.Equal((2048, 16, 32, 8, 64, 8192), (config.HiddenSize, config.Layers, config.Heads, config.KeyValueHeads, config.HeadSize, config.IntermediateSize));
        Assert.Equal((128256, 131072, 1e-5f, 500_000.0), (config.VocabularySize, config.MaxPositions, config.NormEpsilon, config.RopeTheta));
        Assert.Equal(new Llama3RopeScaling { Factor = 32, LowFrequencyFactor = 1, HighFrequencyFactor = 4, OriginalPositions = 8192 }, config.RopeScaling);
        Assert.True(config.TieEmbeddings);
        Assert.False(config.AttentionBias);
        Assert.Null(config.SlidingWindow);
        Assert.Equal(128000, config.BosToken);
        Assert.Equal([128001, 128008, 128009], config.EosTokens.AsEnumerable());
    }

    // The formula of transformers' _compute_llama3_parameters in Python: 1e5 ** (-2 i / 64) and so on, at i = 0, 13, 16 and 31.
    [Fact]
    public void Llama_3_scales_long_waves_only()
    {
        var frequencies = Read(Llama32).RopeFrequencies();
        Assert.Equal(32, frequencies.Length);
        Assert.Equal(1, frequencies[0]);
        Assert.Equal(Math.Pow(500_000, -26.0 / 64), frequencies[13], 12);
        Assert.Equal(Blended(16), frequencies[16], 12);
        Assert.Equal(Math.Pow(500_000, -62.0 / 64) / 32, frequencies[31], 15);

        static double Blended(int i)
        {
            var frequency = Math.Pow(500_000, -2.0 * i / 64);
            var smooth = ((8192 / (2 * Math.PI / frequency)) - 1.0) / (4.0 - 1.0);
            return ((1 - smooth) * frequency / 32) + (smooth * frequency);
        }
    }

    [Fact]
    public void Qwen2_has_a_bias_and_no_window()
    {
        var config = Read(Llama32, ("architectures", """["Qwen2ForCausalLM"]"""), ("sliding_window", "32768"), ("use_sliding_window", "false"), ("rope_scaling", "null"), ("head_dim", "null"));
        Assert.True(config.AttentionBias);
        Assert.Null(config.SlidingWindow);
        Assert.Null(config.RopeScaling);
        Assert.Equal(64, config.HeadSize);
    }

    [Fact]
    public void Mistral_has_a_window() => Assert.Equal(4096, Read(Llama32, ("architectures", """["MistralForCausalLM"]"""), ("sliding_window", "4096")).SlidingWindow);

    [Fact]
    public void Linear_scaling_and_the_form_of_transformers_5_are_read()
    {
        Assert.Equal(new LinearRopeScaling { Factor = 2 }, Read(Llama32, ("rope_scaling", """{"type": "linear", "factor": 2}""")).RopeScaling);
        var config = Read(Llama32, ("rope_parameters", """{"rope_type": "linear", "factor": 4, "rope_theta": 1000}"""));
        Assert.Equal((1000.0, 0.25), (config.RopeTheta, config.RopeFrequencies()[0]));
    }

    [Fact]
    public void One_end_token_is_a_list_of_one() => Assert.Equal([2], Read(Llama32, ("eos_token_id", "2")).EosTokens.AsEnumerable());

    [Theory]
    [InlineData("architectures", """["GPT2LMHeadModel"]""", "'architectures' is GPT2LMHeadModel")]
    [InlineData("architectures", "null", "'architectures' is missing")]
    [InlineData("quantization_config", """{"quant_method": "gptq"}""", "'quantization_config' is {")]
    [InlineData("rope_scaling", """{"rope_type": "yarn", "factor": 4}""", "'rope_scaling' has the kind 'yarn'")]
    [InlineData("rope_scaling", """{"rope_type": "dynamic", "factor": 4}""", "'rope_scaling' has the kind 'dynamic'")]
    [InlineData("rope_scaling", """{"rope_type": "linear"}""", "'rope_scaling.factor' is missing")]
    [InlineData("mlp_bias", "true", "'mlp_bias' is True")]
    [InlineData("attention_bias", "true", "'attention_bias' is True")]
    [InlineData("num_local_experts", "8", "'num_local_experts' is 8")]
    [InlineData("hidden_act", "\"gelu\"", "'hidden_act' is 'gelu'")]
    [InlineData("hidden_size", "null", "'hidden_size' is missing")]
    [InlineData("hidden_size", "\"wide\"", "'hidden_size' is \"wide\"")]
    [InlineData("num_attention_heads", "0", "'num_attention_heads' is 0")]
    [InlineData("num_key_value_heads", "5", "'num_key_value_heads' is 5")]
    [InlineData("head_dim", "63", "'head_dim' is 63")]
    [InlineData("eos_token_id", "[-1]", "'eos_token_id' is [-1]")]
    public void What_is_not_supported_is_named(string key, string value, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Llama32, (key, value)));
        Assert.StartsWith("m/config.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Llama32, ("mlp_bias", "true"), ("vocab_size", "null"), ("hidden_act", "\"relu\"")));
        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void Generation_defaults_are_read()
    {
        var advised = GenerationDefaults.Read("""{"do_sample": true, "temperature": 0.6, "top_k": 0, "top_p": 0.9, "eos_token_id": [1, 2], "max_new_tokens": 7}"""u8.ToArray(), "g");
        Assert.Equal(new GenerationDefaults { Temperature = 0.6f, TopP = 0.9f, MaxTokens = 7, EosTokens = advised.EosTokens }, advised);
        Assert.Equal([1, 2], advised.EosTokens.AsEnumerable());
        Assert.Equal(0, GenerationDefaults.Read("""{"do_sample": false, "temperature": 0.6}"""u8.ToArray(), "g").Temperature);
        Assert.Null(GenerationDefaults.Read("{}"u8.ToArray(), "g").Temperature);
        Assert.Throws<UserErrorException>(() => GenerationDefaults.Read("""{"temperature": -1}"""u8.ToArray(), "g"));
    }

    static TransformerConfig Read(string json, params (string Key, string Value)[] changes)
    {
        var file = JsonNode.Parse(json)!;
        foreach (var (key, value) in changes)
        {
            file[key] = JsonNode.Parse(value);
        }

        return TransformerConfig.Read(Encoding.UTF8.GetBytes(file.ToJsonString()), "m/config.json");
    }
}
