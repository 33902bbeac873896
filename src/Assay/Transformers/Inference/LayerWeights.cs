using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>One block. Matrices stay in the file; vectors (norms, biases) are read, they are small.</summary>
sealed record LayerWeights
{
    public required float[] AttentionNorm { get; init; }

    public required WeightMatrix Query { get; init; }

    public required WeightMatrix Key { get; init; }

    public required WeightMatrix Value { get; init; }

    /// <summary>Null where the architecture has none, as the next two.</summary>
    public required float[]? QueryBias { get; init; }

    public required float[]? KeyBias { get; init; }

    public required float[]? ValueBias { get; init; }

    public required WeightMatrix Output { get; init; }

    public required float[] MlpNorm { get; init; }

    public required WeightMatrix Gate { get; init; }

    public required WeightMatrix Up { get; init; }

    public required WeightMatrix Down { get; init; }
}
