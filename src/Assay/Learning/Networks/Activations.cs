using System.Numerics;

namespace Assay.Learning.Networks;

// Activations in place over [rows, width] whose first `units` columns count. The rest is padding and meets only zero weights and zero
// gradients.
static class Activations
{
    public static void Apply(Activation activation, Span<float> values, int units, int width)
    {
        switch (activation)
        {
            case Activation.Relu:
                Relu(values);
                break;
            case Activation.Sigmoid:
                foreach (ref var value in values)
                {
                    value = Sigmoid(value);
                }

                break;
            case Activation.Softmax:
                for (var start = 0; start < values.Length; start += width)
                {
                    Softmax(values.Slice(start, units));
                }

                break;
            case Activation.Linear:
            default:
                break;
        }
    }

    // Turns gradients by the outputs into gradients by the weighted sums.
    public static void Backward(Activation activation, ReadOnlySpan<float> outputs, Span<float> gradient, int units, int width)
    {
        switch (activation)
        {
            case Activation.Relu:
                ReluBackward(outputs, gradient);
                break;
            case Activation.Sigmoid:
                for (var i = 0; i < gradient.Length; i++)
                {
                    gradient[i] *= outputs[i] * (1 - outputs[i]);
                }

                break;
            case Activation.Softmax:
                for (var start = 0; start < gradient.Length; start += width)
                {
                    SoftmaxBackward(outputs.Slice(start, units), gradient.Slice(start, units));
                }

                break;
            case Activation.Linear:
            default:
                break;
        }
    }

    // exp of a negative number only, so nothing overflows. In float64: the bits then hardly depend on the platform's exp.
    public static float Sigmoid(float z)
    {
        var e = Math.Exp(-Math.Abs((double)z));
        return (float)((z < 0 ? e : 1) / (1 + e));
    }

    // Returns log of the sum of exp(z).
    public static double Softmax(Span<float> row)
    {
        var max = (double)row[0];
        foreach (var z in row)
        {
            max = Math.Max(max, z);
        }

        var sum = 0.0;
        foreach (var z in row)
        {
            sum += Math.Exp(z - max);
        }

        foreach (ref var z in row)
        {
            z = (float)(Math.Exp(z - max) / sum);
        }

        return max + Math.Log(sum);
    }

    // Vector.Max hands NaN on: a broken network must show, not turn into zeros.
    static void Relu(Span<float> values)
    {
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            Vector.Max(new Vector<float>(values[i..]), Vector<float>.Zero).CopyTo(values[i..]);
        }
    }

    static void ReluBackward(ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        for (var i = 0; i < gradient.Length; i += Vector<float>.Count)
        {
            var active = Vector.GreaterThan(new Vector<float>(outputs[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(active, new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(gradient[i..]);
        }
    }

    static void SoftmaxBackward(ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        var mean = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            mean += (double)outputs[i] * gradient[i];
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            gradient[i] = (float)(outputs[i] * (gradient[i] - mean));
        }
    }
}
