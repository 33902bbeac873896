using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>A trained model on prepared features. Predicting is thread-safe, and gives a row the same bits whatever rows come with it.</summary>
public abstract class FittedModel
{
    /// <summary>Features per row.</summary>
    public abstract int Inputs { get; }

    /// <summary>What it answers.</summary>
    public abstract TargetShape Shape { get; }

    /// <summary>Numbers that were learned.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>How its training went; no epochs for a model that has none.</summary>
    public abstract History History { get; }

    /// <summary>Element <c>row * Shape.Outputs + output</c>: class probabilities (two for a binary target), or numbers.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>.</param>
    /// <param name="cancellationToken">Looked at every few hundred rows.</param>
    public abstract float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default);

    /// <summary>What was learned, by names of its own: what <see cref="ModelOptions.Restore"/> needs to give the same bits.</summary>
    internal abstract IReadOnlyList<NamedTensor> Tensors { get; }
}
