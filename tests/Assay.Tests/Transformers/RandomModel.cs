using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Transformers;

/// <summary>A very small model with random weights, written as a Hugging Face folder. Its weights are what the stored type holds.</summary>
sealed record RandomModel
{
    public int Hidden { get; init; } = 32;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    public int HeadSize { get; init; } = 8;

    public int Intermediate { get; init; } = 48;

    public int Vocabulary { get; init; } = 101;

    public int Positions { get; init; } = 512;

    public string Architecture { get; init; } = "LlamaForCausalLM";

    public bool Bias => Architecture == "Qwen2ForCausalLM";

    public int? Window { get; init; }

    public bool Tied { get; init; }

    public double Theta { get; init; } = 10_000;

    public JsonObject? RopeScaling { get; init; }

    public string Type { get; init; } = "F32";

    public ulong Seed { get; init; } = 1;

    public IReadOnlyDictionary<string, (int[] Shape, double[] Values)> Tensors()
    {
        var random = new SeededRandom(Seed);
        return Shapes().ToDictionary(entry => entry.Name, entry => (entry.Shape, Values(entry.Name, entry.Shape, random)));
    }

    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), Config().ToJsonString());
        File.Copy(Repository.PathOf("src", "Assay", "Transformers", "Tiny", "tokenizer.json"), Path.Combine(folder, "tokenizer.json"));
        var (header, data) = (new JsonObject(), new MemoryStream());
        foreach (var (name, (shape, values)) in Tensors())
        {
            var start = data.Length;
            foreach (var value in values)
            {
                data.Write(Bytes(value));
            }

            header[name] = new JsonObject { ["dtype"] = Type, ["shape"] = JsonSerializer.SerializeToNode(shape), ["data_offsets"] = new JsonArray(start, data.Length) };
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), [.. length, .. json, .. data.ToArray()]);
    }

    public Assay.Transformers.Transformer Load(TemporaryFolder folder)
    {
        Write(folder.Path);
        return Assay.Transformers.Transformer.Load(folder.Path);
    }

    JsonObject Config() => new()
    {
        ["architectures"] = new JsonArray(Architecture),
        ["hidden_size"] = Hidden,
        ["num_hidden_layers"] = Layers,
        ["num_attention_heads"] = Heads,
        ["num_key_value_heads"] = KeyValueHeads,
        ["head_dim"] = HeadSize,
        ["intermediate_size"] = Intermediate,
        ["vocab_size"] = Vocabulary,
        ["max_position_embeddings"] = Positions,
        ["rms_norm_eps"] = ReferenceTransformer.Epsilon,
        ["rope_theta"] = Theta,
        ["rope_scaling"] = RopeScaling?.DeepClone(),
        ["tie_word_embeddings"] = Tied,
        ["sliding_window"] = Window,
    };

    IEnumerable<(string Name, int[] Shape)> Shapes()
    {
        yield return ("model.embed_tokens.weight", [Vocabulary, Hidden]);
        for (var layer = 0; layer < Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            yield return (prefix + "input_layernorm.weight", [Hidden]);
            foreach (var (name, heads) in new[] { ("q", Heads), ("k", KeyValueHeads), ("v", KeyValueHeads) })
            {
                yield return ($"{prefix}self_attn.{name}_proj.weight", [heads * HeadSize, Hidden]);
                if (Bias)
                {
                    yield return ($"{prefix}self_attn.{name}_proj.bias", [heads * HeadSize]);
                }
            }

            yield return (prefix + "self_attn.o_proj.weight", [Hidden, Heads * HeadSize]);
            yield return (prefix + "post_attention_layernorm.weight", [Hidden]);
            yield return (prefix + "mlp.gate_proj.weight", [Intermediate, Hidden]);
            yield return (prefix + "mlp.up_proj.weight", [Intermediate, Hidden]);
            yield return (prefix + "mlp.down_proj.weight", [Hidden, Intermediate]);
        }

        yield return ("model.norm.weight", [Hidden]);
        if (!Tied)
        {
            yield return ("lm_head.weight", [Vocabulary, Hidden]);
        }
    }

    // Sizes as training leaves them: sums of order one, so that attention is neither flat nor of one token.
    double[] Values(string name, int[] shape, SeededRandom random)
    {
        var values = new double[shape.Aggregate((product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Stored(name.Contains("norm") ? 1 + (0.2 * random.NextNormal())
                : shape.Length == 1 ? 0.5 * random.NextNormal()
                : random.NextNormal() * (name.Contains("embed") ? 0.7 : 1.3 / Math.Sqrt(shape[1])));
        }

        return values;
    }

    double Stored(double value) => Type switch
    {
        "F16" => (double)(Half)value,
        "BF16" => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)value) & 0xFFFF0000),
        _ => (float)value,
    };

    byte[] Bytes(double value) => Type switch
    {
        "F16" => BitConverter.GetBytes((Half)value),
        "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),
        _ => BitConverter.GetBytes((float)value),
    };
}
