using System.Numerics;

namespace Assay.Learning.Networks;

/// <summary>
/// Adam in Keras' form: <c>m += (1 - b1)(g - m)</c>, <c>v += (1 - b2)(g^2 - v)</c>,
/// <c>w -= rate * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)</c>. Here epsilon is the 'epsilon hat' of the paper: PyTorch adds
/// its epsilon after the bias correction, where it weighs 31.6 times less at the first step.
/// Source: Kingma and Ba, "Adam", 2015, the remark before section 2.1; keras/src/optimizers/adam.py.
/// </summary>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Beta1">Memory of the gradients' mean, in [0, 1).</param>
/// <param name="Beta2">Memory of the gradients' squares, in [0, 1).</param>
/// <param name="Epsilon">Keeps the divisor above 0.</param>
public sealed record Adam(double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7)
    : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    public override int StatePerWeight => 2;

    /// <inheritdoc/>
    public override void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step)
    {
        CheckLengths(weights, gradient, state);
        var mean = state[..weights.Length];
        var square = state[weights.Length..];
        var rate = (float)(LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step)));
        var (toMean, toSquare, epsilon) = ((float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = new Vector<float>(mean[i..]);
            var v = new Vector<float>(square[i..]);
            m += (g - m) * toMean;
            v += ((g * g) - v) * toSquare;
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            var w = new Vector<float>(weights[i..]) - (m * rate / (Vector.SquareRoot(v) + new Vector<float>(epsilon)));
            w.CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradient[i];
            mean[i] += (g - mean[i]) * toMean;
            square[i] += ((g * g) - square[i]) * toSquare;
            weights[i] -= mean[i] * rate / (MathF.Sqrt(square[i]) + epsilon);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => new[]
    {
        LearningRateProblem(),
        ShareProblem("beta_1", Beta1),
        ShareProblem("beta_2", Beta2),
        double.IsFinite(Epsilon) && Epsilon > 0
            ? null
            : FormattableString.Invariant($"epsilon is {Epsilon}. It must be a number above 0. Leave it out for 1e-7."),
    }.OfType<string>();
}
