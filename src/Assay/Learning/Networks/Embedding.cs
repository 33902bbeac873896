using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// Turns one feature that holds a category's number (0, 1, ..., as the preparation step 'ordinal' makes it) into a learned vector. Embeddings
/// stand first in a network, one for each such feature; what leaves them is the other features in their order, then the vectors in the order
/// of the layers. Any other number than 0 to <c>categories - 1</c> is a category never seen: its vector is zero. In training it must be -1.
/// </summary>
/// <param name="Feature">Place of the feature among the network's inputs, from 0.</param>
/// <param name="Categories">At least 1; Keras' input_dim.</param>
/// <param name="Dimensions">Length of a vector, at least 1; Keras' output_dim.</param>
public sealed record Embedding(int Feature, int Categories, int Dimensions) : LayerOptions
{
    /// <summary>The vectors' first values; Keras' default 'uniform'.</summary>
    public Initializer Initializer { get; init; } = new RandomUniform();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"embedding of feature {Feature}, {Categories} to {Dimensions}";

    internal override IEnumerable<string> Problems()
    {
        if (Feature < 0)
        {
            yield return $"embeds feature {Feature}. Features count from 0. Give the place of a feature.";
        }

        if (Categories < 1 || Dimensions < 1)
        {
            yield return $"embeds {Categories} categories into {Dimensions} dimensions. Both must be at least 1. Give positive numbers.";
        }

        foreach (var problem in Initializer.Problems())
        {
            yield return problem;
        }
    }
}
