using System.Collections.Immutable;
using Assay.Transformers.Reading;

namespace Assay.Transformers;

/// <summary>The shape of a decoder of the Llama family: RMSNorm before attention and MLP, rotary positions, SiLU-gated MLP.</summary>
public sealed record TransformerConfig
{
    /// <summary><c>LlamaForCausalLM</c>, <c>MistralForCausalLM</c> or <c>Qwen2ForCausalLM</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Blocks of attention and MLP.</summary>
    public required int Layers { get; init; }

    /// <summary>Heads of the queries, a multiple of <see cref="KeyValueHeads"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of keys and values.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of a head, even; <see cref="Heads"/> times it need not be <see cref="HiddenSize"/>.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width inside the MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Rows of the embedding; may be more than the tokenizer has tokens.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The longest context, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public float NormEpsilon { get; init; } = 1e-6f;

    /// <summary>Base of the rotary frequencies.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Null: none.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Whether the output matrix is the embedding (then the file has no <c>lm_head.weight</c>).</summary>
    public bool TieEmbeddings { get; init; }

    /// <summary>Whether queries, keys and values have a bias (Qwen2); the output of attention never has one.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>A token sees itself and this many less one before it (Mistral); null: all before it.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>The token that starts a text, where the model has one.</summary>
    public int? BosToken { get; init; }

    /// <summary>Tokens that end an answer; may be empty.</summary>
    public ImmutableArray<int> EosTokens { get; init; } = [];

    /// <summary>Rotary frequencies in radians per position, scaled, one per pair of a head's dimensions: <c>theta^(-2i / HeadSize)</c>.</summary>
    public ImmutableArray<double> RopeFrequencies() => [.. Enumerable.Range(0, HeadSize / 2)
        .Select(i => Math.Pow(RopeTheta, -2.0 * i / HeadSize))
        .Select(frequency => RopeScaling?.Scale(frequency) ?? frequency)];

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="json">The file, UTF-8.</param>
    /// <param name="name">Its path, for messages.</param>
    /// <exception cref="UserErrorException">What is wrong or not supported, every point at once.</exception>
    public static TransformerConfig Read(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonFile.Parse(json, name);
        return ConfigReader.Read(new JsonSection(document.RootElement, name));
    }
}
