using System.Collections.Immutable;

namespace Assay.Learning.Linear;

/// <summary>
/// Ordinary least squares with an intercept: the least Σ weight (y - Xw - b)². Several numbers per row are fitted each alone. Where columns
/// are collinear or there are fewer rows than columns, the solution with the smallest Σ w² is taken, and <see cref="FittedLinear.Note"/>
/// says so. In double precision by Householder reflections of the centred rows, and the singular values of their triangle where it
/// is nearly singular; scikit-learn's LinearRegression (1.2.1).
/// </summary>
public sealed record LinearOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape) => NumbersOnly(Name, shape);

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        TrainingRows.Require(Problems(examples.Shape));
        return LeastSquares.Fit(TrainingRows.Of(examples), 0, cancellationToken);
    }

    internal static ImmutableArray<string> NumbersOnly(string name, TargetShape shape) => shape.Kind == TargetKind.Numbers
        ? []
        : [$"Model '{name}' predicts numbers, and the target holds classes. Use 'logistic', or a target of numbers."];

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        FittedLinear.Restore(inputs, shape, tensors);
}
