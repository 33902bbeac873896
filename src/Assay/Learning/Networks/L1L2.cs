namespace Assay.Learning.Networks;

/// <summary>A penalty <c>l1 * sum |w| + l2 * sum w^2</c> (no 1/2) that is added to the loss of every batch, as Keras' L1L2.</summary>
/// <param name="L1">0 or more.</param>
/// <param name="L2">0 or more.</param>
public sealed record L1L2(double L1 = 0, double L2 = 0);
