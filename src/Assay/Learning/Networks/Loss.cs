using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// What training makes small: the sum over the batch's rows of weight times loss, divided by the number of rows (Keras'
/// sum_over_batch_size: by the rows, not by the weights). A row with several outputs counts their mean. Cross-entropies of a sigmoid or
/// softmax layer are taken from its weighted sums, so a certain wrong answer costs what it must instead of -ln(1e-7).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BinaryCrossentropy), "binary_crossentropy")]
[JsonDerivedType(typeof(CategoricalCrossentropy), "categorical_crossentropy")]
[JsonDerivedType(typeof(SparseCategoricalCrossentropy), "sparse_categorical_crossentropy")]
[JsonDerivedType(typeof(BinaryFocalCrossentropy), "binary_focal_crossentropy")]
[JsonDerivedType(typeof(CategoricalFocalCrossentropy), "categorical_focal_crossentropy")]
[JsonDerivedType(typeof(MeanSquaredError), "mean_squared_error")]
[JsonDerivedType(typeof(MeanAbsoluteError), "mean_absolute_error")]
[JsonDerivedType(typeof(Huber), "huber")]
[JsonDerivedType(typeof(PoissonLoss), "poisson")]
[JsonDerivedType(typeof(QuantileLoss), "quantile")]
public abstract record Loss
{
    private protected Loss()
    {
    }

    /// <summary>Two classes and one sigmoid unit, or several sigmoid units with a target of 0 to 1 each.</summary>
    public static Loss BinaryCrossentropy { get; } = new BinaryCrossentropy();

    /// <summary>One softmax unit per class.</summary>
    public static Loss CategoricalCrossentropy { get; } = new CategoricalCrossentropy();

    /// <summary>Keras' name.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    // What the last layer answers with.
    internal abstract LossFamily Family { get; }

    // Whether the last layer gives weighted sums and the loss turns them into probabilities itself.
    [JsonIgnore]
    internal virtual bool OfLogits => false;

    // The sum of weight times loss over the rows; the gradient of that sum over the rows' number by the values goes to batch.Gradient.
    internal abstract double Evaluate(in LossBatch batch);

    internal virtual IEnumerable<string> Problems() => [];

    private protected static IEnumerable<string> SmoothingProblems(double smoothing) => smoothing is >= 0 and <= 1
        ? []
        : [FormattableString.Invariant($"label_smoothing is {smoothing}. It must be from 0 to 1. Leave it out for 0.")];

    private protected static IEnumerable<string> AboveZero(string name, double value) => double.IsFinite(value) && value > 0
        ? []
        : [FormattableString.Invariant($"{name} is {value}. It must be a number above 0. Leave it out, or give one.")];
}
