using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// Adam: <c>m += (1 - b1)(g - m)</c>, <c>v += (1 - b2)(g^2 - v)</c>,
/// <c>w -= rate * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)</c>. Epsilon so placed, as in Keras, weighs 31.6 times more at the
/// first step than in PyTorch. Source: Kingma and Ba, "Adam", 2015; keras/src/optimizers/adam.py.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Beta1">Memory of the gradients' mean, in [0, 1).</param>
/// <param name="Beta2">Memory of the gradients' squares, in [0, 1).</param>
/// <param name="Epsilon">Keeps the divisor above 0.</param>
/// <param name="Placement">Where epsilon is added.</param>
public sealed record Adam(
    double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7, EpsilonPlacement Placement = EpsilonPlacement.Keras)
    : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int StatePerWeight => 2;

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        new AdamStep(RateAt(step), Beta1, Beta2, Epsilon, Placement, step).Apply(weights, gradient, state);
    }

    private protected override IEnumerable<string?> OwnProblems() =>
        [LearningRateProblem(), ShareProblem("beta_1", Beta1), ShareProblem("beta_2", Beta2), EpsilonProblem(Epsilon)];
}

/// <summary>
/// Adam with weight decay apart from the gradient: first <c>w -= rate * decay * w</c>, for biases too, then Adam's step.
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019; keras/src/optimizers/adamw.py.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="WeightDecay">Keras' default is 0.004, PyTorch's 0.01.</param>
/// <param name="Beta1">Memory of the gradients' mean, in [0, 1).</param>
/// <param name="Beta2">Memory of the gradients' squares, in [0, 1).</param>
/// <param name="Epsilon">Keeps the divisor above 0.</param>
/// <param name="Placement">Where epsilon is added.</param>
public sealed record AdamW(
    double LearningRate = 0.001,
    double WeightDecay = 0.004,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-7,
    EpsilonPlacement Placement = EpsilonPlacement.Keras)
    : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int StatePerWeight => 2;

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var keep = (float)(1 - (RateAt(step) * WeightDecay));
        System.Numerics.Tensors.TensorPrimitives.Multiply(weights, keep, weights);
        new AdamStep(RateAt(step), Beta1, Beta2, Epsilon, Placement, step).Apply(weights, gradient, state);
    }

    private protected override IEnumerable<string?> OwnProblems() =>
        [
            LearningRateProblem(), ShareProblem("beta_1", Beta1), ShareProblem("beta_2", Beta2), EpsilonProblem(Epsilon), ShareProblem("weight_decay", WeightDecay),
        ];
}
