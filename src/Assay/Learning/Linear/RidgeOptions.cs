using System.Collections.Immutable;

namespace Assay.Learning.Linear;

/// <summary>
/// Least squares with small coefficients: the least Σ weight (y - Xw - b)² + alpha Σ w². The intercept b is not penalised; coefficients of
/// features in other units are penalised alike, so standardise first. Several numbers per row are fitted each alone.
/// scikit-learn's Ridge (1.2.1), computed as <see cref="LinearOptions"/> is.
/// </summary>
public sealed record RidgeOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "ridge";

    /// <summary>How much large coefficients cost, 0 or more; 0 is <see cref="LinearOptions"/>.</summary>
    public double Alpha { get; init; } = 1;

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape) =>
    [
        .. LinearOptions.NumbersOnly(Name, shape),
        .. double.IsFinite(Alpha) && Alpha >= 0 ? Array.Empty<string>() : [$"Found alpha = {Alpha} for model '{Name}'. Expected a finite number, 0 or more. Set it so."],
    ];

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        TrainingRows.Require(Problems(examples.Shape));
        return LeastSquares.Fit(TrainingRows.Of(examples), Alpha, cancellationToken);
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        FittedLinear.Restore(inputs, shape, tensors);
}
