using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>The weights of one layer.</summary>
/// <param name="Kernel">Element <c>input * units + unit</c>, as Keras' [in, out].</param>
/// <param name="Bias">One per unit.</param>
public sealed record DenseWeights(ImmutableArray<float> Kernel, ImmutableArray<float> Bias);
