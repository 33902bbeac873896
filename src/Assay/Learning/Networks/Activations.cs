using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics;

namespace Assay.Learning.Networks;

// Activations of one row, and their slopes. A row's bits depend on nothing but the row.
static class Activations
{
    const float LeakySlope = 0.2f;
    const float SeluAlpha = 1.6732632423543772848170429916717f;
    const float SeluScale = 1.0507009873554804934193349852946f;

    public static void Apply(Activation activation, ReadOnlySpan<float> sums, Span<float> outputs)
    {
        switch (activation)
        {
            case Activation.Relu:
                TensorPrimitives.Max(sums, 0f, outputs);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(sums, outputs);
                break;
            case Activation.Softmax:
                sums.CopyTo(outputs);
                Softmax(outputs);
                break;
            case Activation.Linear:
                sums.CopyTo(outputs);
                break;
            case Activation.Sigmoid or Activation.LeakyRelu or Activation.Elu or Activation.Selu or Activation.Gelu or Activation.GeluTanh or Activation.Silu or Activation.Softplus:
            default:
                for (var i = 0; i < sums.Length; i++)
                {
                    outputs[i] = One(activation, sums[i]);
                }

                break;
        }
    }

    // Turns the gradient by the outputs into that by the sums.
    public static void Backward(Activation activation, ReadOnlySpan<float> sums, ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        if (activation == Activation.Softmax)
        {
            SoftmaxBackward(outputs, gradient);
            return;
        }

        for (var i = 0; i < gradient.Length && activation != Activation.Linear; i++)
        {
            gradient[i] *= Slope(activation, sums[i], outputs[i]);
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

    // Of whole batches, padding included.
    public static void ReluBackward(ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        for (var i = 0; i < gradient.Length; i += Vector<float>.Count)
        {
            var active = Vector.GreaterThan(new Vector<float>(outputs[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(active, new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(gradient[i..]);
        }
    }

    static float One(Activation activation, float z) => activation switch
    {
        Activation.Sigmoid => Sigmoid(z),
        Activation.LeakyRelu => z > 0 ? z : LeakySlope * z,
        Activation.Elu => z > 0 ? z : (float)Expm1(z),
        Activation.Selu => SeluScale * (z > 0 ? z : SeluAlpha * (float)Expm1(z)),
        Activation.Gelu => (float)(z * Phi(z)),
        Activation.GeluTanh => (float)(0.5 * z * (1 + Math.Tanh(Inner(z)))),
        Activation.Silu => z * Sigmoid(z),
        Activation.Softplus => (float)(Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)z)))),
        Activation.Linear or Activation.Relu or Activation.Softmax or Activation.Tanh or _ => z,
    };

    static float Slope(Activation activation, float z, float output) => activation switch
    {
        Activation.Relu => output > 0 ? 1 : 0,
        Activation.Sigmoid => output * (1 - output),
        Activation.Tanh => 1 - (output * output),
        Activation.LeakyRelu => z > 0 ? 1 : LeakySlope,
        Activation.Elu => z > 0 ? 1 : output + 1,
        Activation.Selu => z > 0 ? SeluScale : output + (SeluScale * SeluAlpha),
        Activation.Gelu => (float)(Phi(z) + (z * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI))),
        Activation.GeluTanh => GeluTanhSlope(z),
        Activation.Silu => Sigmoid(z) + (output * (1 - Sigmoid(z))),
        Activation.Softplus => Sigmoid(z),
        Activation.Linear or Activation.Softmax or _ => 1,
    };

    static double Phi(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    static double Expm1(double z) => Math.Abs(z) < 1e-5 ? z + (0.5 * z * z) : Math.Exp(z) - 1;

    static double Inner(double z) => Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z));

    static float GeluTanhSlope(double z)
    {
        var tanh = Math.Tanh(Inner(z));
        return (float)((0.5 * (1 + tanh)) + (0.5 * z * (1 - (tanh * tanh)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * z * z))));
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
