using System.Numerics.Tensors;
using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>Whether the velocity holds steps or gradients: it matters when the learning rate changes.</summary>
public enum MomentumForm
{
    /// <summary><c>v = momentum * v - rate * g</c>, <c>w += v</c>, or with Nesterov <c>w += momentum * v - rate * g</c>.</summary>
    Keras,

    /// <summary><c>v = momentum * v + g</c>, <c>w -= rate * v</c>, or with Nesterov <c>w -= rate * (g + momentum * v)</c>.</summary>
    PyTorch,
}

/// <summary>Gradient descent. Source: keras/src/optimizers/sgd.py; torch/optim/sgd.py.</summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Momentum">Memory of the past steps, in [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead; without momentum it changes nothing.</param>
/// <param name="Form">What the velocity is.</param>
public sealed record Sgd(double LearningRate = 0.01, double Momentum = 0, bool Nesterov = false, MomentumForm Form = MomentumForm.Keras) : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int StatePerWeight => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var (rate, momentum) = ((float)RateAt(step), (float)Momentum);
        if (state.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(gradient, -rate, weights, weights);
            return;
        }

        // What enters the velocity, and what the velocity is worth.
        var (into, worth) = Form == MomentumForm.Keras ? (-rate, 1f) : (1f, -rate);
        for (var i = 0; i < weights.Length; i++)
        {
            var change = into * gradient[i];
            state[i] = (momentum * state[i]) + change;
            weights[i] += worth * (Nesterov ? (momentum * state[i]) + change : state[i]);
        }
    }

    private protected override IEnumerable<string?> OwnProblems() => [LearningRateProblem(), ShareProblem("momentum", Momentum)];
}
