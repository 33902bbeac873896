using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// <c>v = rho v + (1 - rho) g^2</c>, the step is <c>rate * g / sqrt(v + epsilon)</c>, or with centering <c>v</c> less the square of the
/// gradients' mean; with momentum <c>s = momentum * s + step</c> is taken off. Source: keras/src/optimizers/rmsprop.py. PyTorch adds epsilon
/// after the root.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Rho">Memory of the squares, in [0, 1).</param>
/// <param name="Momentum">Memory of the steps, in [0, 1).</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="Centered">Divides by the deviation instead of the root of the mean square.</param>
public sealed record RmsProp(double LearningRate = 0.001, double Rho = 0.9, double Momentum = 0, double Epsilon = 1e-7, bool Centered = false) : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int StatePerWeight => 1 + (Centered ? 1 : 0) + (Momentum > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var (rate, rho, momentum, epsilon) = ((float)RateAt(step), (float)Rho, (float)Momentum, (float)Epsilon);
        var square = state[..weights.Length];
        var mean = Centered ? state.Slice(weights.Length, weights.Length) : [];
        var moving = Momentum > 0 ? state[^weights.Length..] : [];
        for (var i = 0; i < weights.Length; i++)
        {
            var g = gradient[i];
            square[i] = (rho * square[i]) + ((1 - rho) * g * g);
            var spread = square[i];
            if (Centered)
            {
                mean[i] = (rho * mean[i]) + ((1 - rho) * g);
                spread -= mean[i] * mean[i];
            }

            var change = rate * g / MathF.Sqrt(spread + epsilon);
            if (Momentum > 0)
            {
                change = moving[i] = (momentum * moving[i]) + change;
            }

            weights[i] -= change;
        }
    }

    private protected override IEnumerable<string?> OwnProblems() =>
        [LearningRateProblem(), ShareProblem("rho", Rho), ShareProblem("momentum", Momentum), EpsilonProblem(Epsilon)];
}
