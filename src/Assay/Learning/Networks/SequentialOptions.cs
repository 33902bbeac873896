using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>A feed-forward network and how it is trained. The defaults are Keras'.</summary>
public sealed partial record SequentialOptions : ModelOptions
{
    /// <summary>From the input to the output. The last with units must answer what the loss judges: see <see cref="Problems(TargetShape)"/>.</summary>
    public required ImmutableArray<LayerOptions> Layers { get; init; }

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

    /// <summary>
    /// How much the rows of each class count in training, by the class's index, 0 or more; empty: each 1. A row's own weight is multiplied by
    /// it; the loss is still divided by the rows, not by the weights.
    /// </summary>
    public ImmutableArray<double> ClassWeights { get; init; } = [];

    /// <summary>Null: every epoch is run.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Null: the rate follows the optimiser alone.</summary>
    public ReduceOnPlateau? ReduceOnPlateau { get; init; }

    /// <inheritdoc/>
    public override string Name => "sequential";

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        if (Problems(examples.Shape) is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        var network = new Sequential(examples.Inputs, this, options.Seed);
        var history = network.Fit(examples, options, cancellationToken);
        return new FittedSequential(network, examples.Shape, history);
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        if (Problems(shape) is { IsEmpty: false } problems)
        {
            throw new FormatException(problems[0]);
        }

        var network = new Sequential(inputs, this, 0);
        network.Restore(tensors);
        return new FittedSequential(network, shape, new History([]));
    }

    // Units of the output layer, 0 without one.
    internal int Outputs => Layers.IsDefaultOrEmpty ? 0 : Layers.OfType<Dense>().LastOrDefault()?.Units ?? 0;
}
