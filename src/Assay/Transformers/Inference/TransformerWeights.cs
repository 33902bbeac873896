using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>The tensors of a model under the names of Hugging Face's Llama, Mistral and Qwen2, their shapes checked against the config.</summary>
sealed record TransformerWeights
{
    public required WeightMatrix Embedding { get; init; }

    public required LayerWeights[] Layers { get; init; }

    public required float[] Norm { get; init; }

    public required WeightMatrix Head { get; init; }

    public static TransformerWeights Read(TransformerConfig config, WeightFile file)
    {
        var embedding = Matrix(file, "model.embed_tokens.weight", config.VocabularySize, config.HiddenSize);
        return new()
        {
            Embedding = embedding,
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => Layer(config, file, $"model.layers.{layer}."))],
            Norm = Vector(file, "model.norm.weight", config.HiddenSize),
            Head = config.TieEmbeddings ? embedding : Matrix(file, "lm_head.weight", config.VocabularySize, config.HiddenSize),
        };
    }

    static LayerWeights Layer(TransformerConfig config, WeightFile file, string prefix)
    {
        var (queries, keys) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        return new()
        {
            AttentionNorm = Vector(file, prefix + "input_layernorm.weight", config.HiddenSize),
            Query = Matrix(file, prefix + "self_attn.q_proj.weight", queries, config.HiddenSize),
            Key = Matrix(file, prefix + "self_attn.k_proj.weight", keys, config.HiddenSize),
            Value = Matrix(file, prefix + "self_attn.v_proj.weight", keys, config.HiddenSize),
            QueryBias = config.AttentionBias ? Vector(file, prefix + "self_attn.q_proj.bias", queries) : null,
            KeyBias = config.AttentionBias ? Vector(file, prefix + "self_attn.k_proj.bias", keys) : null,
            ValueBias = config.AttentionBias ? Vector(file, prefix + "self_attn.v_proj.bias", keys) : null,
            Output = Matrix(file, prefix + "self_attn.o_proj.weight", config.HiddenSize, queries),
            MlpNorm = Vector(file, prefix + "post_attention_layernorm.weight", config.HiddenSize),
            Gate = Matrix(file, prefix + "mlp.gate_proj.weight", config.IntermediateSize, config.HiddenSize),
            Up = Matrix(file, prefix + "mlp.up_proj.weight", config.IntermediateSize, config.HiddenSize),
            Down = Matrix(file, prefix + "mlp.down_proj.weight", config.HiddenSize, config.IntermediateSize),
        };
    }

    static unsafe WeightMatrix Matrix(WeightFile file, string name, int outputs, int inputs)
    {
        var tensor = file.Find(name, outputs, inputs);
        return new WeightMatrix(tensor.Address, tensor.Type, outputs, inputs);
    }

    static unsafe float[] Vector(WeightFile file, string name, int length)
    {
        var tensor = file.Find(name, length);
        var values = new float[length];
        Widening.Rows(new WeightMatrix(tensor.Address, tensor.Type, 1, length), 0, 1, values);
        return values;
    }
}
