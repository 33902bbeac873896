using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>
/// A feed-forward network in float32, used as in Keras: <c>Fit</c>, <c>Evaluate</c>, <c>Predict</c>. The same options, seed and rows give the
/// same weights, bit for bit. Predicting is thread-safe; training is not.
/// </summary>
public sealed partial class Sequential
{
    const int PredictRows = 256;

    readonly LayerStack _stack;
    readonly float[] _weights;
    readonly SeededRandom _random;

    /// <summary>An untrained network.</summary>
    /// <param name="inputs">Features per row, at least 1.</param>
    /// <param name="options">Layers and training.</param>
    /// <param name="seed">Of the first weights, of the order of the rows and of dropout.</param>
    /// <exception cref="UserErrorException">The options have problems; the message lists all of them.</exception>
    public Sequential(int inputs, SequentialOptions options, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems(ShapeOf(options)).AddRange(options.Layers.IsDefault ? [] : EmbeddingProblems(inputs, options));
        if (!problems.IsEmpty)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        (Inputs, Seed) = (inputs, seed);
        Options = options;
        _stack = LayerStack.Build(inputs, options.Layers);
        _weights = new float[_stack.Length];
        _random = new SeededRandom(seed);
        var random = _random.Derive(0);
        foreach (var layer in _stack.Layers)
        {
            layer.Initialise(_weights, random);
        }
    }

    /// <summary>Features per row.</summary>
    public int Inputs { get; }

    internal ulong Seed { get; }

    /// <summary>Layers and training.</summary>
    public SequentialOptions Options { get; }

    /// <summary>Outputs per row.</summary>
    public int Outputs => _stack.Outputs;

    /// <summary>Numbers that are learned by gradients, and moving statistics.</summary>
    public int ParameterCount => _stack.Tensors.Sum(tensor => tensor.Variable.Rows * tensor.Variable.Units);

    /// <summary>
    /// A copy of all weights: <c>0.kernel</c> [inputs, units], <c>0.bias</c>, <c>1.gamma</c>, <c>1.beta</c>, <c>1.moving_mean</c>,
    /// <c>1.moving_variance</c>, <c>0.embeddings</c>; the number is the layer's place among the options.
    /// </summary>
    public IReadOnlyList<NamedTensor> Weights => [.. _stack.Tensors.Select(tensor => tensor.Variable.Read(_weights, tensor.Prefix))];

    /// <summary>Takes weights of a network of the same layers, Keras' set_weights.</summary>
    /// <param name="weights">As <see cref="Weights"/> has them, in any order.</param>
    /// <exception cref="ArgumentException">One is absent, or does not have the shape of its layer.</exception>
    public void SetWeights(IEnumerable<NamedTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        try
        {
            Restore(weights.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal));
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, nameof(weights), e);
        }
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
        var workspace = new Workspace(_stack, Math.Min(rows, PredictRows), training: false);
        for (var start = 0; start < rows; start += PredictRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(PredictRows, rows - start);
            workspace.Forward(_weights, features.Slice(start * Inputs, count * Inputs), count);
            workspace.Answers(count, predicted.AsSpan(start * Outputs, count * Outputs));
        }

        return predicted;
    }

    internal void Restore(IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        foreach (var (prefix, variable) in _stack.Tensors)
        {
            variable.Write(tensors.GetValueOrDefault(prefix + variable.Name) ?? throw new FormatException($"tensor '{prefix + variable.Name}' is absent"), _weights);
        }
    }

    // What the network answers, as the options alone tell it.
    static TargetShape ShapeOf(SequentialOptions options) => options.Loss.Family switch
    {
        LossFamily.Categorical => new TargetShape(TargetKind.Classes, Math.Max(2, options.Outputs)),
        LossFamily.Binary when options.Outputs <= 1 => new TargetShape(TargetKind.Classes, 2),
        LossFamily.Binary or LossFamily.Numbers or _ => new TargetShape(TargetKind.Numbers, Math.Max(1, options.Outputs)),
    };

    static IEnumerable<string> EmbeddingProblems(int inputs, SequentialOptions options) => options.Layers.OfType<Embedding>()
        .Where(embedding => embedding.Feature >= inputs)
        .Select(embedding => $"An embedding takes feature {embedding.Feature}. The network has {inputs} inputs, counted from 0. Give the place of a feature.");

    int Rows(ReadOnlySpan<float> features) => features.Length % Inputs == 0
        ? features.Length / Inputs
        : throw new ArgumentException($"{features.Length} numbers are not rows of {Inputs} features.", nameof(features));
}
