namespace Assay.Learning.Networks;

/// <summary>A fully connected layer: <c>activation(x * kernel + bias)</c>, as Keras' Dense.</summary>
/// <param name="Units">Outputs, at least 1.</param>
/// <param name="Activation">Applied to every output.</param>
public sealed record DenseOptions(int Units, Activation Activation = Activation.Linear);
