using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary><c>gamma (x - mean) / sqrt(variance + epsilon) + beta</c> with the mean and variance of each row's own features, as Keras' LayerNormalization.</summary>
/// <param name="Epsilon">Above 0.</param>
public sealed record LayerNormalization(double Epsilon = 1e-3) : LayerOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => "layer normalization";

    internal override IEnumerable<string> Problems() => double.IsFinite(Epsilon) && Epsilon > 0
        ? []
        : [FormattableString.Invariant($"has an epsilon of {Epsilon}. It must be a number above 0. Leave it out for 0.001.")];
}
