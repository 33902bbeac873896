using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

/// <summary>
/// Gradient descent in Keras' form: <c>v = momentum * v - rate * g</c>, <c>w += v</c>, or with Nesterov <c>w += momentum * v - rate * g</c>.
/// Source: keras/src/optimizers/sgd.py. PyTorch keeps the rate out of <c>v</c>.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Momentum">Memory of the past steps, in [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead; without momentum it changes nothing.</param>
public sealed record Sgd(double LearningRate = 0.01, double Momentum = 0, bool Nesterov = false) : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    public override int StatePerWeight => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var (rate, momentum) = ((float)LearningRate, (float)Momentum);
        if (state.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(gradient, -rate, weights, weights);
            return;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            var change = rate * gradient[i];
            state[i] = (momentum * state[i]) - change;
            weights[i] += Nesterov ? (momentum * state[i]) - change : state[i];
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
        new[] { LearningRateProblem(), ShareProblem("momentum", Momentum) }.OfType<string>();
}
