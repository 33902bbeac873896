using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// <c>gamma (x - mean) / sqrt(variance + epsilon) + beta</c> per feature: with the batch's mean and variance (over its rows, divided by their
/// number) in training, with the moving ones, <c>moving = momentum * moving + (1 - momentum) * batch</c>, elsewhere. As Keras'
/// BatchNormalization; PyTorch's momentum is 1 minus this one, its moving variance divides by the rows less one.
/// </summary>
/// <param name="Momentum">In [0, 1).</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record BatchNormalization(double Momentum = 0.99, double Epsilon = 1e-3) : LayerOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => "batch normalization";

    internal override IEnumerable<string> Problems()
    {
        if (Momentum is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant($"has a momentum of {Momentum}. It must be at least 0 and below 1. Leave it out for 0.99.");
        }

        if (!(double.IsFinite(Epsilon) && Epsilon > 0))
        {
            yield return FormattableString.Invariant($"has an epsilon of {Epsilon}. It must be a number above 0. Leave it out for 0.001.");
        }
    }
}
