using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>What a network sees: float32, row by row.</summary>
/// <param name="Values">Element <c>row * Names.Length + feature</c>; finite.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Names">One per feature: <c>age</c>, <c>sex=female</c>.</param>
public sealed record FeatureMatrix(float[] Values, int Rows, ImmutableArray<string> Names);
