using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

// Losses from the last layer's weighted sums (logits): Keras recovers the logits behind a sigmoid or softmax in the same way, so a
// certain wrong answer costs what it must instead of -log(1e-7).
static class Losses
{
    // Loss of every row summed, and rows whose class is right.
    // Logits [rows, width] turn into the gradient of the MEAN loss by the logits: (p - y) / rows.
    public static (double Loss, int Right) Evaluate(Loss loss, Span<float> logits, ReadOnlySpan<int> labels, int units, int width)
    {
        var (sum, right) = (0.0, 0);
        for (var row = 0; row < labels.Length; row++)
        {
            var z = logits.Slice(row * width, units);
            var (rowLoss, isRight) = loss == Loss.BinaryCrossentropy ? Binary(z, labels[row]) : Categorical(z, labels[row]);
            sum += rowLoss;
            right += isRight ? 1 : 0;
            foreach (ref var gradient in z)
            {
                gradient /= labels.Length;
            }
        }

        return (sum, right);
    }

    static (double Loss, bool Right) Binary(Span<float> z, int label)
    {
        var logit = (double)z[0];
        var loss = Math.Max(logit, 0) - (logit * label) + Math.Log(1 + Math.Exp(-Math.Abs(logit)));
        var p = Activations.Sigmoid(z[0]);
        z[0] = p - label;
        return (loss, (p > 0.5f) == (label == 1));
    }

    static (double Loss, bool Right) Categorical(Span<float> z, int label)
    {
        var logit = z[label];
        var loss = Activations.Softmax(z) - logit;
        var right = TensorPrimitives.IndexOfMax(z) == label;
        z[label] -= 1;
        return (loss, right);
    }
}
