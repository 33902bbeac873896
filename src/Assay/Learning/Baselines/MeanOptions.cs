using System.Collections.Immutable;
using Assay.Learning.Linear;
using Assay.Metrics;

namespace Assay.Learning.Baselines;

/// <summary>
/// Answers every row with the weighted mean, or median, of the training targets, whatever its features. A model that is no better has learned
/// nothing. scikit-learn's DummyRegressor.
/// </summary>
public sealed record MeanOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <summary>The median instead: what is hard to beat in absolute error, as the mean is in squared error.</summary>
    public bool Median { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape) => shape.Kind == TargetKind.Numbers
        ? []
        : [$"Model '{Name}' predicts numbers, and the target holds classes. Use 'majority', or a target of numbers."];

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        TrainingRows.Require(Problems(examples.Shape));
        var weights = TrainingRows.CheckedWeights(examples);
        return new FittedBaseline(examples.Inputs, examples.Shape, [.. Enumerable.Range(0, examples.Shape.Outputs).Select(i => Middle(Column(examples, i), weights))]);
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        FittedBaseline.Restore(inputs, shape, tensors);

    static double[] Column(Examples examples, int output)
    {
        var column = new double[examples.Rows];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = examples.Targets[(row * examples.Shape.Outputs) + output];
        }

        return column;
    }

    float Middle(double[] targets, double[] weights) =>
        (float)(Median ? WeightedQuantile.Of(targets, weights, 0.5)!.Value : targets.Zip(weights, (target, weight) => target * weight).Sum() / weights.Sum());
}
