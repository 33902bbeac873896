using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>A fully connected layer: <c>activation(x * kernel + bias)</c>, as Keras' Dense.</summary>
/// <param name="Units">Outputs, at least 1.</param>
/// <param name="Activation">Applied to every output.</param>
public sealed record Dense(int Units, Activation Activation = Activation.Linear) : LayerOptions
{
    /// <summary>Without one the bias is left out, before a normalization say.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>The kernel's first values.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>The bias' first values.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>Added to the loss for large kernels; null: nothing.</summary>
    public L1L2? KernelRegularizer { get; init; }

    /// <summary>Added to the loss for large biases; null: nothing.</summary>
    public L1L2? BiasRegularizer { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"dense {Units} {Word(Activation)}";

    internal override IEnumerable<string> Problems()
    {
        if (Units < 1)
        {
            yield return $"has {Units} units. A layer needs at least 1. Give it a positive number of units.";
        }

        foreach (var problem in KernelInitializer.Problems().Concat(BiasInitializer.Problems()))
        {
            yield return problem;
        }

        foreach (var penalty in new[] { KernelRegularizer, BiasRegularizer })
        {
            if (penalty is not null && !(double.IsFinite(penalty.L1 + penalty.L2) && penalty.L1 >= 0 && penalty.L2 >= 0))
            {
                yield return FormattableString.Invariant($"has a regularizer of l1 {penalty.L1} and l2 {penalty.L2}. Both must be 0 or more. Give such numbers, 0.01 say.");
            }
        }
    }
}
