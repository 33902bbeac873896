using System.Collections.Immutable;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

/// <summary>The mean loss of a network in float64, written as plainly as can be: what the float32 gradients are measured against.</summary>
static class ReferenceNetwork
{
    public static double Loss(SequentialOptions options, double[][] weights, float[] features, int[] labels)
    {
        var inputs = features.Length / labels.Length;
        return labels.Select((label, row) => RowLoss(options, weights, [.. features.Skip(row * inputs).Take(inputs).Select(x => (double)x)], label)).Average();
    }

    /// <summary>Kernel and bias of every layer as one array: the kernel, then the bias.</summary>
    public static double[][] Weights(ImmutableArray<DenseWeights> weights) =>
        [.. weights.Select(layer => layer.Kernel.Concat(layer.Bias).Select(w => (double)w).ToArray())];

    static double RowLoss(SequentialOptions options, double[][] weights, double[] x, int label)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            x = Layer(options.Layers[i], weights[i], x);
        }

        return options.Loss == Assay.Learning.Networks.Loss.BinaryCrossentropy ? -Math.Log(label == 1 ? x[0] : 1 - x[0]) : -Math.Log(x[label]);
    }

    static double[] Layer(DenseOptions options, double[] weights, double[] x)
    {
        var z = Enumerable.Range(0, options.Units)
            .Select(unit => weights[(x.Length * options.Units) + unit] + x.Select((value, input) => value * weights[(input * options.Units) + unit]).Sum())
            .ToArray();
        var sum = z.Sum(Math.Exp);
        return options.Activation switch
        {
            Activation.Relu => [.. z.Select(v => Math.Max(v, 0))],
            Activation.Sigmoid => [.. z.Select(v => 1 / (1 + Math.Exp(-v)))],
            Activation.Softmax => [.. z.Select(v => Math.Exp(v) / sum)],
            Activation.Linear or _ => z,
        };
    }
}
