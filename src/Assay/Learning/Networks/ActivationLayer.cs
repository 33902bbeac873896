using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>An activation as a layer of its own, after a normalization say.</summary>
/// <param name="Function">Applied to every number, softmax to the row.</param>
public sealed record ActivationLayer(Activation Function) : LayerOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => Word(Function);

    internal override IEnumerable<string> Problems() => [];
}
