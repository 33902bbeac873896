using System.Collections.Immutable;

namespace Assay.Learning;

/// <summary>A kind of model and how it is trained.</summary>
public abstract record ModelOptions
{
    /// <summary>As it is called in specs, estimates and records: <c>sequential</c>, <c>logistic</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Everything that is wrong for such a target, one sentence each; empty when nothing is.</summary>
    public abstract ImmutableArray<string> Problems(TargetShape shape);

    /// <summary>Learns from the rows, on one thread; the same rows, options and seed give the same bits.</summary>
    /// <param name="examples">Training rows.</param>
    /// <param name="options">Seed and progress.</param>
    /// <param name="cancellationToken">Looked at before every batch or iteration.</param>
    /// <exception cref="UserErrorException">The options do not suit the target.</exception>
    public abstract FittedModel Fit(Examples examples, FitOptions options, CancellationToken cancellationToken);

    /// <summary>The model that had these tensors.</summary>
    /// <exception cref="FormatException">They are not what this kind of model saves.</exception>
    internal abstract FittedModel Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors);
}
