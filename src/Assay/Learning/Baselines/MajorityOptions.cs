using System.Collections.Immutable;
using Assay.Learning.Linear;

namespace Assay.Learning.Baselines;

/// <summary>
/// Answers every row with the classes' shares of the training rows, whatever its features: the most frequent class always wins. A model
/// that is no better has learned nothing. scikit-learn's DummyClassifier, strategy 'prior'.
/// </summary>
public sealed record MajorityOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "majority";

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape) => shape.Kind == TargetKind.Classes
        ? []
        : [$"Model '{Name}' predicts classes, and the target holds numbers. Use 'mean', or a target of classes."];

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        TrainingRows.Require(Problems(examples.Shape));
        var shares = ClassTargets.Shares(TrainingRows.CheckedWeights(examples), ClassTargets.Labels(examples), examples.Shape.Outputs);
        return new FittedBaseline(examples.Inputs, examples.Shape, Array.ConvertAll(shares, share => (float)share));
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        FittedBaseline.Restore(inputs, shape, tensors);
}
