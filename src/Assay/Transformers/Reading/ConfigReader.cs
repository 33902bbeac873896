using System.Text.Json;

namespace Assay.Transformers.Reading;

// config.json of the Llama family, with the defaults of transformers' configuration classes. What would change the mathematics and is not
// built is refused by name; keys that only matter for training are not looked at.
static class ConfigReader
{
    static readonly string[] _architectures = ["LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM"];

    public static TransformerConfig Read(JsonSection section)
    {
        var architecture = Architecture(section);
        section.ThrowProblems();
        RefuseParts(section, architecture);
        var heads = section.RequiredInteger("num_attention_heads");
        var hidden = section.RequiredInteger("hidden_size");
        var config = new TransformerConfig
        {
            Architecture = architecture,
            HiddenSize = hidden,
            Layers = section.RequiredInteger("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = section.Integer("num_key_value_heads") ?? heads,
            HeadSize = section.Integer("head_dim") ?? (hidden / heads),
            IntermediateSize = section.RequiredInteger("intermediate_size"),
            VocabularySize = section.RequiredInteger("vocab_size"),
            MaxPositions = section.RequiredInteger("max_position_embeddings"),
            NormEpsilon = (float)(section.Number("rms_norm_eps", least: 0) ?? 1e-6),
            RopeTheta = RopeReader.Theta(section),
            RopeScaling = RopeReader.Scaling(section),
            TieEmbeddings = section.Flag("tie_word_embeddings") ?? false,
            AttentionBias = architecture == "Qwen2ForCausalLM",
            SlidingWindow = SlidingWindow(section, architecture),
            BosToken = section.Integer("bos_token_id", least: 0),
            EosTokens = section.Integers("eos_token_id"),
        };
        CheckHeads(section, config);
        section.ThrowProblems();
        return config;
    }

    static string Architecture(JsonSection section)
    {
        var found = section.Find("architectures") is { ValueKind: JsonValueKind.Array } names ? names.EnumerateArray().Select(name => name.ToString()).ToArray() : [];
        if (found is [var only] && _architectures.Contains(only))
        {
            return only;
        }

        section.Problem("architectures", $"is {(found.Length == 0 ? "missing" : string.Join(", ", found))}. One of {string.Join(", ", _architectures)} is expected. Choose a model of the Llama family.");
        return "";
    }

    static void RefuseParts(JsonSection section, string architecture)
    {
        Refuse(section, "quantization_config", section.Find("quantization_config") is not null, "Quantized weights cannot be read. Use the model's float32, float16 or bfloat16 weights.");
        Refuse(section, "mlp_bias", section.Flag("mlp_bias") == true, "A bias in the MLP is not built. Choose another model.");
        Refuse(section, "attention_bias", architecture != "Qwen2ForCausalLM" && section.Flag("attention_bias") == true, "A bias in the output of attention is not built. Choose another model.");
        Refuse(section, "rope_interleaved", section.Flag("rope_interleaved") == true, "Interleaved rotary dimensions are not built. Choose another model.");
        Refuse(section, "partial_rotary_factor", section.Number("partial_rotary_factor", least: 0) is not (null or 1), "Rotation of a part of a head is not built. Choose another model.");
        foreach (var experts in new[] { "num_experts", "num_local_experts", "n_routed_experts" })
        {
            Refuse(section, experts, section.Find(experts) is not null, "Experts are not built. Choose a dense model.");
        }

        if (section.Text("hidden_act") is { } activation and not ("silu" or "swish"))
        {
            section.Problem("hidden_act", $"is '{activation}'. 'silu' is expected. Choose another model.");
        }
    }

    static void Refuse(JsonSection section, string key, bool found, string reason)
    {
        if (found)
        {
            section.Problem(key, $"is {section.Find(key)!.Value.ToString() switch { { Length: > 60 } text => text[..60] + "...", var text => text }}. {reason}");
        }
    }

    static int? SlidingWindow(JsonSection section, string architecture)
    {
        if (architecture == "Qwen2ForCausalLM")
        {
            Refuse(section, "use_sliding_window", section.Flag("use_sliding_window") == true, "A window in some layers only is not built. Choose another model.");
            return null;
        }

        return architecture == "MistralForCausalLM" ? section.Integer("sliding_window") : null;
    }

    static void CheckHeads(JsonSection section, TransformerConfig config)
    {
        if (config.Heads % config.KeyValueHeads != 0)
        {
            section.Problem("num_key_value_heads", $"is {config.KeyValueHeads}. A divisor of 'num_attention_heads' ({config.Heads}) is expected. Use the file that came with the weights.");
        }

        if (section.Find("head_dim") is null && config.HiddenSize % config.Heads != 0)
        {
            section.Problem("num_attention_heads", $"is {config.Heads}. A divisor of 'hidden_size' ({config.HiddenSize}) is expected. Use the file that came with the weights.");
        }
        else if (config.HeadSize < 2 || config.HeadSize % 2 != 0)
        {
            section.Problem("head_dim", $"is {config.HeadSize}. An even number is expected, as rotary positions turn pairs. Use the file that came with the weights.");
        }
    }
}
