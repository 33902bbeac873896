using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>A feed-forward network and how it is trained. The defaults are Keras'.</summary>
public sealed record SequentialOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "sequential";

    /// <summary>From the input to the output. The last is one sigmoid unit, or one softmax unit per class.</summary>
    public required ImmutableArray<DenseOptions> Layers { get; init; }

    /// <summary>What training makes small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How a gradient changes the weights.</summary>
    public OptimizerOptions Optimizer { get; init; } = new Adam();

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Rows per update; the last batch of an epoch has what is left.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Share of the rows that is only watched: the LAST rows, taken off before any shuffling. 0 is none.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Whether every epoch sees the rows in another order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Everything that is wrong for a target with so many classes, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Problems(int classes) =>
        [.. LayerProblems(), .. OutputProblems(classes), .. NumberProblems(), .. Optimizer.Problems()];

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape) => Problems(shape.Outputs);

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        var network = new Sequential(examples.Inputs, this, options.Seed);
        var history = network.Fit(examples.Features, Array.ConvertAll(examples.Targets, x => (int)x), options.Progress, cancellationToken);
        return new SequentialModel(network, examples.Shape, history);
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var weights = ImmutableArray.CreateBuilder<DenseWeights>();
        foreach (var (i, layer) in Layers.Index())
        {
            var (kernel, bias) = (tensors[$"{i}.kernel"], tensors[$"{i}.bias"]);
            if (!kernel.Shape.SequenceEqual([inputs, layer.Units]) || !bias.Shape.SequenceEqual([layer.Units]))
            {
                throw new FormatException($"tensor '{kernel.Name}' does not have the shape of its layer");
            }

            weights.Add(new DenseWeights([.. kernel.Values], [.. bias.Values]));
            inputs = layer.Units;
        }

        return new SequentialModel(Sequential.FromWeights(this, weights.ToImmutable()), shape, new History([]));
    }

    IEnumerable<string> LayerProblems()
    {
        if (Layers.IsDefaultOrEmpty)
        {
            yield return "layers is empty. A network needs at least its output layer. Add {dense: {units: 1, activation: sigmoid}}.";
            yield break;
        }

        for (var i = 0; i < Layers.Length; i++)
        {
            if (Layers[i].Units < 1)
            {
                yield return $"Layer {i + 1} has {Layers[i].Units} units. A layer needs at least 1. Give it a positive number of units.";
            }
        }
    }

    IEnumerable<string> OutputProblems(int classes)
    {
        if (classes < 2)
        {
            yield return $"The target has {classes} class{(classes == 1 ? "" : "es")}. A classifier needs at least 2. Choose another target, or more rows.";
        }
        else if (!Layers.IsDefaultOrEmpty)
        {
            var last = Layers[^1];
            var found = $"The last layer is {last.Units} {last.Activation.ToString().ToLowerInvariant()}";
            if (Loss == Loss.CategoricalCrossentropy && (last.Units != classes || last.Activation != Activation.Softmax))
            {
                yield return $"{found}. categorical_crossentropy over {classes} classes needs {classes} softmax. "
                    + $"Make it {{dense: {{units: {classes}, activation: softmax}}}}.";
            }

            if (Loss == Loss.BinaryCrossentropy && classes > 2)
            {
                yield return $"The loss is binary_crossentropy. The target has {classes} classes, it separates two. "
                    + $"Use categorical_crossentropy and a last layer {{dense: {{units: {classes}, activation: softmax}}}}.";
            }
            else if (Loss == Loss.BinaryCrossentropy && (last.Units != 1 || last.Activation != Activation.Sigmoid))
            {
                yield return $"{found}. binary_crossentropy needs 1 sigmoid. Make it {{dense: {{units: 1, activation: sigmoid}}}}, "
                    + "or use categorical_crossentropy with 2 softmax units.";
            }
        }
    }

    IEnumerable<string> NumberProblems()
    {
        if (Epochs < 1)
        {
            yield return $"epochs is {Epochs}. Training needs at least 1. Give a positive number.";
        }

        if (BatchSize < 1)
        {
            yield return $"batch_size is {BatchSize}. A batch needs at least 1 row. Give a positive number, 32 say.";
        }

        if (ValidationSplit is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant(
                $"validation_split is {ValidationSplit}. It is the share of rows kept apart, at least 0 and below 1. Give such a number, 0.2 say.");
        }
    }
}
