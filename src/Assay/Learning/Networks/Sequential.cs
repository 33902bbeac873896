using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>
/// A feed-forward classifier of dense layers in float32. The same options, seed and rows give the same weights, bit for bit. Predicting is
/// thread-safe; training is not.
/// </summary>
public sealed partial class Sequential
{
    const int PredictRows = 256;

    readonly SequentialOptions _options;
    readonly DenseLayer[] _layers;
    readonly float[] _weights;
    readonly SeededRandom _random;

    /// <summary>An untrained network: Glorot uniform kernels, zero biases.</summary>
    /// <param name="inputs">Features per row, at least 1.</param>
    /// <param name="options">Layers and training.</param>
    /// <param name="seed">Of the first weights and of the order of the rows.</param>
    /// <exception cref="UserErrorException">The options have problems; the message lists all of them.</exception>
    public Sequential(int inputs, SequentialOptions options, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentNullException.ThrowIfNull(options);
        var outputs = options.Layers.IsDefaultOrEmpty ? 0 : options.Layers[^1].Units;
        if (options.Problems(Math.Max(2, outputs)) is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        _options = options;
        _layers = DenseLayer.Stack(inputs, options.Layers);
        _weights = new float[_layers.Sum(layer => layer.Length)];
        _random = new SeededRandom(seed);
        var random = _random.Derive(0);
        foreach (var layer in _layers)
        {
            layer.Initialise(_weights, random);
        }
    }

    /// <summary>Features per row.</summary>
    public int Inputs => _layers[0].Inputs;

    /// <summary>Outputs per row: 1 for a sigmoid, else the classes.</summary>
    public int Outputs => _layers[^1].Units;

    /// <summary>Weights of all kernels and biases.</summary>
    public int ParameterCount => _layers.Sum(layer => (layer.Inputs + 1) * layer.Units);

    /// <summary>A copy of the weights, from the first layer to the last.</summary>
    public ImmutableArray<DenseWeights> Weights => [.. _layers.Select(layer => layer.Read(_weights))];

    /// <summary>A network with these weights.</summary>
    /// <param name="options">Layers and training.</param>
    /// <param name="weights">One per layer.</param>
    /// <param name="seed">Of the order of the rows, should it be trained further.</param>
    /// <exception cref="ArgumentException">The weights do not have the shape of the layers.</exception>
    public static Sequential FromWeights(SequentialOptions options, ImmutableArray<DenseWeights> weights, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        var inputs = weights.IsDefaultOrEmpty || options.Layers.IsDefaultOrEmpty ? 0 : weights[0].Kernel.Length / Math.Max(1, options.Layers[0].Units);
        var network = new Sequential(Math.Max(1, inputs), options, seed);
        var fits = weights.Length == network._layers.Length && network._layers.Zip(weights)
            .All(pair => pair.Second.Kernel.Length == pair.First.Inputs * pair.First.Units && pair.Second.Bias.Length == pair.First.Units);
        if (!fits)
        {
            throw new ArgumentException("The weights do not have the shape of the layers.", nameof(weights));
        }

        for (var i = 0; i < weights.Length; i++)
        {
            network._layers[i].Write(weights[i], network._weights);
        }

        return network;
    }

    /// <summary>
    /// The last layer's outputs, element <c>row * Outputs + output</c>. A row's outputs have the same bits whatever rows are computed with it.
    /// </summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>.</param>
    /// <param name="cancellationToken">Looked at every 256 rows.</param>
    public float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default)
    {
        var rows = Rows(features);
        var predicted = new float[rows * Outputs];
        var workspace = new Workspace(_layers, Math.Min(rows, PredictRows));
        var last = _layers[^1];
        for (var start = 0; start < rows; start += PredictRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(PredictRows, rows - start);
            var outputs = workspace.Forward(_weights, features.Slice(start * Inputs, count * Inputs), count);
            Activations.Apply(last.Activation, outputs, last.Units, last.Width);
            for (var row = 0; row < count; row++)
            {
                outputs.Slice(row * last.Width, Outputs).CopyTo(predicted.AsSpan((start + row) * Outputs));
            }
        }

        return predicted;
    }

    /// <summary>Mean loss and accuracy of the weights as they are; NaN without rows.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    public (double Loss, double Accuracy) Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        CheckLabels(features, labels);
        return Evaluate(features, labels, new Workspace(_layers, Math.Min(labels.Length, PredictRows)));
    }

    (double Loss, double Accuracy) Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, Workspace workspace)
    {
        var (loss, right) = (0.0, 0);
        for (var start = 0; start < labels.Length; start += PredictRows)
        {
            var count = Math.Min(PredictRows, labels.Length - start);
            var logits = workspace.Forward(_weights, features.Slice(start * Inputs, count * Inputs), count);
            var chunk = Losses.Evaluate(_options.Loss, logits, labels.Slice(start, count), Outputs, _layers[^1].Width);
            loss += chunk.Loss;
            right += chunk.Right;
        }

        return (loss / labels.Length, (double)right / labels.Length);
    }

    int Rows(ReadOnlySpan<float> features) => features.Length % Inputs == 0
        ? features.Length / Inputs
        : throw new ArgumentException($"{features.Length} numbers are not rows of {Inputs} features.", nameof(features));

    void CheckLabels(ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, Rows(features), nameof(labels));
        var classes = Math.Max(2, Outputs);
        foreach (var label in labels)
        {
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"A label must be a class from 0 to {classes - 1}.");
            }
        }
    }
}
