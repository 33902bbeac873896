using System.Collections.Immutable;
using System.Globalization;
using Assay.Learning.Networks;
using MathNet.Numerics;

namespace Assay.Tests.Learning.Networks;

/// <summary>The mean loss of a network over one batch in float64, written as plainly as can be: what the float32 gradients are measured against.</summary>
static class ReferenceNetwork
{
    public static Dictionary<string, double[]> Weights(Sequential network) =>
        network.Weights.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.Select(w => (double)w).ToArray());

    /// <summary>Targets: one number per output and row; a class is 1 among zeros.</summary>
    public static double Loss(SequentialOptions options, IReadOnlyDictionary<string, double[]> weights, double[][] rows, double[][] targets)
    {
        var x = rows;
        for (var i = 0; i < options.Layers.Length; i++)
        {
            x = Layer(options.Layers, i, name => weights[string.Create(CultureInfo.InvariantCulture, $"{i}.{name}")], weights, x);
        }

        var penalty = options.Layers.Select((layer, i) => layer is Dense { KernelRegularizer: { } l } ? weights[$"{i}.kernel"].Sum(w => (l.L1 * Math.Abs(w)) + (l.L2 * w * w)) : 0).Sum();
        return penalty + x.Zip(targets, (output, target) => RowLoss(options.Loss, output, target)).Average();
    }

    static double[][] Layer(ImmutableArray<LayerOptions> layers, int i, Func<string, double[]> weights, IReadOnlyDictionary<string, double[]> all, double[][] x) => layers[i] switch
    {
        Dense dense => [.. x.Select(row => Activate(dense.Activation, Sums(dense, weights, row)))],
        ActivationLayer activation => [.. x.Select(row => Activate(activation.Function, row))],
        LayerNormalization normalization => [.. x.Select(row => Normal(row, normalization.Epsilon, weights))],
        BatchNormalization normalization => BatchNormal(x, normalization.Epsilon, weights),
        Embedding when i > 0 => x,
        Embedding => [.. x.Select(row => Embed([.. layers.OfType<Embedding>()], all, row))],
        _ => x,
    };

    static double[] Sums(Dense dense, Func<string, double[]> weights, double[] x) =>
        [.. Enumerable.Range(0, dense.Units).Select(unit => (dense.UseBias ? weights("bias")[unit] : 0) + x.Select((value, input) => value * weights("kernel")[(input * dense.Units) + unit]).Sum())];

    static double[] Embed(Embedding[] embeddings, IReadOnlyDictionary<string, double[]> all, double[] row) =>
    [
        .. row.Where((_, feature) => !embeddings.Any(embedding => embedding.Feature == feature)),
        .. embeddings.SelectMany((embedding, i) => Enumerable.Range(0, embedding.Dimensions).Select(d => row[embedding.Feature] < 0 ? 0
            : all[embeddings.Length > 1 ? $"0.embeddings.{i}" : "0.embeddings"][((int)row[embedding.Feature] * embedding.Dimensions) + d])),
    ];

    static double[] Normal(double[] x, double epsilon, Func<string, double[]> weights)
    {
        var (mean, variance) = (x.Average(), x.Average(v => (v - x.Average()) * (v - x.Average())));
        return [.. x.Select((v, unit) => (weights("gamma")[unit] * (v - mean) / Math.Sqrt(variance + epsilon)) + weights("beta")[unit])];
    }

    static double[][] BatchNormal(double[][] x, double epsilon, Func<string, double[]> weights)
    {
        var columns = Enumerable.Range(0, x[0].Length).Select(unit => Normal([.. x.Select(row => row[unit])], epsilon, name => [.. Enumerable.Repeat(weights(name)[unit], x.Length)])).ToArray();
        return [.. x.Select((_, row) => columns.Select(column => column[row]).ToArray())];
    }

    static double[] Activate(Activation activation, double[] z)
    {
        if (activation == Activation.Softmax)
        {
            var sum = z.Sum(Math.Exp);
            return [.. z.Select(v => Math.Exp(v) / sum)];
        }

        return [.. z.Select(v => activation switch
        {
            Activation.Relu => Math.Max(v, 0),
            Activation.LeakyRelu => v > 0 ? v : 0.2 * v,
            Activation.Elu => v > 0 ? v : Math.Exp(v) - 1,
            Activation.Selu => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.Exp(v) - 1)),
            Activation.Gelu => v * 0.5 * (1 + SpecialFunctions.Erf(v / Math.Sqrt(2))),
            Activation.GeluTanh => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715 * v * v * v)))),
            Activation.Silu => v / (1 + Math.Exp(-v)),
            Activation.Tanh => Math.Tanh(v),
            Activation.Sigmoid => 1 / (1 + Math.Exp(-v)),
            Activation.Softplus => Math.Log(1 + Math.Exp(v)),
            Activation.Linear or Activation.Softmax or _ => v,
        })];
    }

    static double RowLoss(Loss loss, double[] output, double[] target) => loss switch
    {
        BinaryCrossentropy binary => Mean(output, target, (p, y) => Binary(binary.FromLogits ? 1 / (1 + Math.Exp(-p)) : p, Smooth(y, binary.LabelSmoothing, 2))),
        BinaryFocalCrossentropy focal => Mean(output, target, (p, y) => Focal(focal, p, Smooth(y, focal.LabelSmoothing, 2))),
        CategoricalCrossentropy categorical => Categorical(categorical.FromLogits ? Activate(Activation.Softmax, output) : output, target, categorical.LabelSmoothing, 0, 1),
        SparseCategoricalCrossentropy => Categorical(output, target, 0, 0, 1),
        CategoricalFocalCrossentropy focal => Categorical(output, target, focal.LabelSmoothing, focal.Gamma, focal.Alpha),
        MeanSquaredError => Mean(output, target, (p, y) => (p - y) * (p - y)),
        MeanAbsoluteError => Mean(output, target, (p, y) => Math.Abs(p - y)),
        Huber huber => Mean(output, target, (p, y) => Math.Abs(p - y) < huber.Delta ? 0.5 * (p - y) * (p - y) : huber.Delta * (Math.Abs(p - y) - (0.5 * huber.Delta))),
        PoissonLoss => Mean(output, target, (p, y) => p - (y * Math.Log(p + 1e-7))),
        QuantileLoss quantile => Mean(output, target, (p, y) => Math.Max(quantile.Quantile * (y - p), (quantile.Quantile - 1) * (y - p))),
        _ => double.NaN,
    };

    static double Mean(double[] output, double[] target, Func<double, double, double> loss) => output.Zip(target, loss).Average();

    static double Smooth(double y, double smoothing, int classes) => (y * (1 - smoothing)) + (smoothing / classes);

    static double Binary(double p, double y) => -(y * Math.Log(p)) - ((1 - y) * Math.Log(1 - p));

    static double Focal(BinaryFocalCrossentropy focal, double p, double y)
    {
        var right = (y * p) + ((1 - y) * (1 - p));
        return (focal.ApplyClassBalancing ? (y * focal.Alpha) + ((1 - y) * (1 - focal.Alpha)) : 1) * Math.Pow(1 - right, focal.Gamma) * Binary(p, y);
    }

    static double Categorical(double[] p, double[] y, double smoothing, double gamma, double alpha) =>
        p.Select((q, c) => -alpha * Smooth(y[c], smoothing, p.Length) * Math.Pow(1 - q, gamma) * Math.Log(q)).Sum();
}
