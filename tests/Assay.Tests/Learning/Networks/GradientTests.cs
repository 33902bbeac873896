using System.Collections.Immutable;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

/// <summary>
/// One step of plain descent at rate 1 moves every weight by minus its gradient. The reference takes central differences in float64
/// with h = 1e-5 (its own error is about 1e-9); 1e-5 leaves room for some hundred float32 roundings of numbers near 1.
/// </summary>
public class GradientTests
{
    const int Inputs = 4;
    const int RowCount = 23;

    static readonly Dense _hidden = new(5, Activation.Tanh);

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    public static TheoryData<string> LayerNames => [.. LayerCases.Keys];

    static Dictionary<string, (Loss Loss, Dense Last)> Losses { get; } = new()
    {
        ["binary"] = (new BinaryCrossentropy(), new(1, Activation.Sigmoid)),
        ["binary of logits, smoothed"] = (new BinaryCrossentropy(true, 0.2), new(1)),
        ["binary of several units"] = (new BinaryCrossentropy(), new(3, Activation.Sigmoid)),
        ["categorical"] = (new CategoricalCrossentropy(), new(3, Activation.Softmax)),
        ["categorical of logits, smoothed"] = (new CategoricalCrossentropy(true, 0.1), new(3)),
        ["sparse categorical"] = (new SparseCategoricalCrossentropy(), new(17, Activation.Softmax)),
        ["binary focal"] = (new BinaryFocalCrossentropy(), new(1, Activation.Sigmoid)),
        ["binary focal, balanced, smoothed"] = (new BinaryFocalCrossentropy(1.5, 0.3, true, false, 0.1), new(1, Activation.Sigmoid)),
        ["categorical focal"] = (new CategoricalFocalCrossentropy(), new(3, Activation.Softmax)),
        ["categorical focal, smoothed"] = (new CategoricalFocalCrossentropy(3, 0.5, false, 0.2), new(3, Activation.Softmax)),
        ["mean squared error"] = (new MeanSquaredError(), new(2)),
        ["mean squared error of softmax"] = (new MeanSquaredError(), new(3, Activation.Softmax)),
        ["mean squared error of gelu"] = (new MeanSquaredError(), new(2, Activation.Gelu)),
        ["mean absolute error"] = (new MeanAbsoluteError(), new(2)),
        ["huber"] = (new Huber(0.7), new(2)),
        ["poisson"] = (new PoissonLoss(), new(1, Activation.Softplus)),
        ["quantile"] = (new QuantileLoss(0.8), new(1)),
    };

    static Dictionary<string, ImmutableArray<LayerOptions>> LayerCases { get; } = new()
    {
        ["dense"] = [new Dense(17), _hidden],
        ["dense without bias"] = [new Dense(6, Activation.Relu) { UseBias = false }, _hidden],
        ["penalties"] = [new Dense(6) { KernelRegularizer = new L1L2(0.01, 0.02) }, _hidden],
        ["batch normalization"] = [new Dense(9), new BatchNormalization(), _hidden],
        ["batch normalization of the input"] = [new BatchNormalization(), _hidden],
        ["layer normalization"] = [new Dense(9), new LayerNormalization(), _hidden],
        ["layer normalization of the input"] = [new LayerNormalization(), _hidden],
        ["activation layer"] = [new Dense(9), new ActivationLayer(Activation.Silu), _hidden],
        ["activation of the input"] = [new ActivationLayer(Activation.Tanh), _hidden],
        ["embedding"] = [new Embedding(Inputs, 4, 3), _hidden],
        ["two embeddings"] = [new Embedding(Inputs, 4, 3), new Embedding(Inputs + 1, 4, 2), new LayerNormalization(), _hidden],
        ["all"] = [new Embedding(Inputs, 4, 3), new Dense(9), new BatchNormalization(), new ActivationLayer(Activation.LeakyRelu), new Dropout(0), new LayerNormalization(), _hidden],
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Of_every_activation(Activation activation) => Check([new Dense(6, activation), _hidden, new Dense(1, Activation.Sigmoid)], new BinaryCrossentropy());

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Of_every_layer(string name) => Check([.. LayerCases[name], new Dense(1, Activation.Sigmoid)], new BinaryCrossentropy());

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Of_every_loss(string name) => Check([_hidden, Losses[name].Last], Losses[name].Loss);

    static void Check(ImmutableArray<LayerOptions> layers, Loss loss)
    {
        var options = new SequentialOptions { Layers = layers, Loss = loss, Optimizer = new Sgd(1), BatchSize = RowCount, Shuffle = false };
        var outputs = layers.OfType<Dense>().Last().Units;
        var inputs = Inputs + layers.OfType<Embedding>().Count();
        var rows = Rows(inputs);
        var (given, targets) = Targets(loss, outputs);
        var network = new Sequential(inputs, options, 11);
        var before = ReferenceNetwork.Weights(network);
        var history = network.Fit([.. rows.SelectMany(row => row).Select(x => (float)x)], given, null, TestContext.Current.CancellationToken);
        var after = ReferenceNetwork.Weights(network);
        Assert.Equal(ReferenceNetwork.Loss(options, before, rows, targets), history.Epochs[0].Loss, 1e-6);
        foreach (var (name, values) in before.Where(tensor => !tensor.Key.Contains("moving", StringComparison.Ordinal)))
        {
            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(Slope(options, before, values, i, rows, targets), values[i] - after[name][i], 1e-5);
            }
        }
    }

    static double Slope(SequentialOptions options, Dictionary<string, double[]> weights, double[] values, int i, double[][] rows, double[][] targets)
    {
        var kept = values[i];
        values[i] = kept + 1e-5;
        var up = ReferenceNetwork.Loss(options, weights, rows, targets);
        values[i] = kept - 1e-5;
        var down = ReferenceNetwork.Loss(options, weights, rows, targets);
        values[i] = kept;
        return (up - down) / 2e-5;
    }

    // Normal numbers as float32 has them; what is embedded is a category's number, -1 being one never seen.
    static double[][] Rows(int inputs)
    {
        var random = new SeededRandom(77);
        return [.. Enumerable.Range(0, RowCount).Select(_ => Enumerable.Range(0, inputs).Select(i => i < Inputs ? (float)random.NextNormal() : (double)(random.Next(5) - 1)).ToArray())];
    }

    static (float[] Given, double[][] AsShares) Targets(Loss loss, int outputs)
    {
        var random = new SeededRandom(5);
        var classes = Enumerable.Range(0, RowCount).Select(_ => random.Next(outputs)).ToArray();
        if (loss is CategoricalCrossentropy or CategoricalFocalCrossentropy or SparseCategoricalCrossentropy)
        {
            return ([.. classes.Select(c => (float)c)], [.. classes.Select(c => Enumerable.Range(0, outputs).Select(i => i == c ? 1.0 : 0).ToArray())]);
        }

        var numbers = Enumerable.Range(0, RowCount * outputs)
            .Select(_ => loss is BinaryCrossentropy or BinaryFocalCrossentropy ? random.Next(2) : loss is PoissonLoss ? random.Next(6) : (float)random.NextNormal()).ToArray();
        return (numbers, [.. numbers.Select(y => (double)y).Chunk(outputs)]);
    }
}
