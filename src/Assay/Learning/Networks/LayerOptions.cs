using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>One layer: <see cref="Dense"/>, <see cref="Dropout"/>, <see cref="BatchNormalization"/>, <see cref="LayerNormalization"/>, <see cref="Embedding"/> or <see cref="ActivationLayer"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dense), "dense")]
[JsonDerivedType(typeof(Dropout), "dropout")]
[JsonDerivedType(typeof(BatchNormalization), "batch_normalization")]
[JsonDerivedType(typeof(LayerNormalization), "layer_normalization")]
[JsonDerivedType(typeof(Embedding), "embedding")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
public abstract record LayerOptions
{
    private protected LayerOptions()
    {
    }

    /// <summary>In a few words, for reports: <c>dense 64 relu</c>.</summary>
    [JsonIgnore]
    public abstract string Summary { get; }

    // What is wrong with its numbers, one sentence each, that continue 'Layer 3 ...'.
    internal abstract IEnumerable<string> Problems();

    private protected static string Word(Activation activation) => SnakeCase.Of(activation.ToString());
}
