namespace Assay.Learning;

/// <summary>A float32 tensor of a model, row by row.</summary>
/// <param name="Name">Its name within the model, <c>0.kernel</c> say.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Values">As many as the product of the sizes.</param>
public sealed record NamedTensor(string Name, int[] Shape, float[] Values);
