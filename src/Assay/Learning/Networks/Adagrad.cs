using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// <c>s += g^2</c>, <c>w -= rate * g / sqrt(s + epsilon)</c>, s starting at the initial value. Source: keras/src/optimizers/adagrad.py.
/// PyTorch starts at 0 and adds epsilon after the root.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="InitialAccumulatorValue">0 or more.</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record Adagrad(double LearningRate = 0.001, double InitialAccumulatorValue = 0.1, double Epsilon = 1e-7) : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int StatePerWeight => 1;

    // The state is the sum without its initial value: it starts from zeros like every other.
    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var (rate, initial, epsilon) = ((float)RateAt(step), (float)InitialAccumulatorValue, (float)Epsilon);
        for (var i = 0; i < weights.Length; i++)
        {
            state[i] += gradient[i] * gradient[i];
            weights[i] -= rate * gradient[i] / MathF.Sqrt(state[i] + initial + epsilon);
        }
    }

    private protected override IEnumerable<string?> OwnProblems() =>
        [
            LearningRateProblem(), EpsilonProblem(Epsilon),
            double.IsFinite(InitialAccumulatorValue) && InitialAccumulatorValue >= 0
                ? null
                : FormattableString.Invariant($"initial_accumulator_value is {InitialAccumulatorValue}. It must be 0 or more. Leave it out for 0.1."),
        ];
}
