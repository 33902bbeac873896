using System.Collections.Immutable;

namespace Assay.Learning.Linear;

/// <summary>
/// Logistic regression of two classes, softmax (multinomial) regression of more: the least
/// Σ weight · -ln p(class) + l2/2 Σ w². The intercepts are not penalised; standardise features of different units first. scikit-learn's
/// LogisticRegression(C = 1/l2, solver lbfgs, 1.2.1), solved by Newton's method instead: exact second derivatives, Cholesky, line search.
/// Memory and time grow with the square and the cube of classes times features: meant for at most a few thousand of these.
/// </summary>
public sealed record LogisticOptions : ModelOptions
{
    /// <inheritdoc/>
    public override string Name => "logistic";

    /// <summary>How much large coefficients cost, 0 or more: 1/C of scikit-learn. With 0 separable classes have no solution; training stops and says so.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>True: each class counts as much as each other, its rows times rows / (classes · rows of the class). scikit-learn's class_weight 'balanced'.</summary>
    public bool Balanced { get; init; }

    /// <summary>How near the minimum before the last step is near enough, in standard errors of the coefficients; above 0. Each step about squares it.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Newton steps, 1 or more; five to ten are usual.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <inheritdoc/>
    public override ImmutableArray<string> Problems(TargetShape shape)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (shape.Kind != TargetKind.Classes)
        {
            problems.Add($"Model '{Name}' predicts classes, and the target holds numbers. Use 'linear' or 'ridge', or a target of classes.");
        }

        if (!double.IsFinite(L2) || L2 < 0)
        {
            problems.Add($"Found l2 = {L2} for model '{Name}'. Expected a finite number, 0 or more. Set it so.");
        }

        if (!(Tolerance > 0))
        {
            problems.Add($"Found tolerance = {Tolerance} for model '{Name}'. Expected a number above 0. Set it so.");
        }

        if (MaxIterations < 1)
        {
            problems.Add($"Found max_iterations = {MaxIterations} for model '{Name}'. Expected 1 or more. Set it so.");
        }

        return problems.ToImmutable();
    }

    /// <inheritdoc/>
    public override FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        TrainingRows.Require(Problems(examples.Shape));
        var labels = ClassTargets.Labels(examples);
        var rows = TrainingRows.Of(examples, weights => Balanced ? ClassTargets.Balance(weights, labels) : weights);
        return LogisticRegression.Fit(rows, labels, this, cancellationToken);
    }

    internal override FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        FittedLinear.Restore(inputs, shape, tensors);
}
