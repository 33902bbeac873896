using System.Numerics;

namespace Assay.Learning.Networks;

// One step of Adam. The state holds the gradients' means, then their squares.
readonly struct AdamStep
{
    readonly float _rate, _toMean, _toSquare, _epsilon;

    // Both placements are m * rate / (sqrt(v) + epsilon) with other numbers: PyTorch's divisor is sqrt(v) / c + epsilon, c = sqrt(1 - b2^t).
    public AdamStep(double rate, double beta1, double beta2, double epsilon, EpsilonPlacement placement, long step)
    {
        var correction = Math.Sqrt(1 - Math.Pow(beta2, step));
        _rate = (float)(rate * correction / (1 - Math.Pow(beta1, step)));
        _epsilon = (float)(placement == EpsilonPlacement.PyTorch ? epsilon * correction : epsilon);
        (_toMean, _toSquare) = ((float)(1 - beta1), (float)(1 - beta2));
    }

    public void Apply(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state)
    {
        var mean = state[..weights.Length];
        var square = state.Slice(weights.Length, weights.Length);
        var epsilon = new Vector<float>(_epsilon);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = new Vector<float>(mean[i..]);
            var v = new Vector<float>(square[i..]);
            m += (g - m) * _toMean;
            v += ((g * g) - v) * _toSquare;
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            (new Vector<float>(weights[i..]) - (m * _rate / (Vector.SquareRoot(v) + epsilon))).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradient[i];
            mean[i] += (g - mean[i]) * _toMean;
            square[i] += ((g * g) - square[i]) * _toSquare;
            weights[i] -= mean[i] * _rate / (MathF.Sqrt(square[i]) + _epsilon);
        }
    }
}
