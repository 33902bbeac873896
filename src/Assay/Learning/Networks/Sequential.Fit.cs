using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

public sealed partial class Sequential
{
    /// <summary>As <see cref="Fit(Examples, FitOptions?, CancellationToken)"/>, for classes.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>, finite.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="progress">Told every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public History Fit(
        ReadOnlySpan<float> features, ReadOnlySpan<int> labels, IProgress<Epoch>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(Set(features, ToTargets(labels)), new FitOptions { Progress = progress }, cancellationToken);

    /// <summary>As <see cref="Fit(Examples, FitOptions?, CancellationToken)"/>, for numbers, yes-or-no targets or shares of classes.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>, finite.</param>
    /// <param name="targets">Element <c>row * Outputs + output</c>.</param>
    /// <param name="progress">Told every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public History Fit(
        ReadOnlySpan<float> features, ReadOnlySpan<float> targets, IProgress<Epoch>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(Set(features, targets), new FitOptions { Progress = progress }, cancellationToken);

    /// <summary>
    /// Trains from the present weights on, with a fresh optimiser. When the loss is no longer finite it stops, says so in the history, and
    /// goes back to the weights of the last completed epoch.
    /// </summary>
    /// <param name="examples">Rows with finite features and targets.</param>
    /// <param name="options">Its seed is not looked at: the network has one.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UserErrorException">A number is not finite or no target of this loss; or the validation split leaves no row to train on, or none to watch.</exception>
    public History Fit(Examples examples, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Fit(Set(examples), options ?? new FitOptions(), cancellationToken);
    }

    /// <summary>Scores of the weights as they are, for classes.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    public Scores Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<int> labels) => Evaluate(Checked(Set(features, ToTargets(labels))));

    /// <summary>Scores of the weights as they are, for numbers, yes-or-no targets or shares of classes.</summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>.</param>
    /// <param name="targets">Element <c>row * Outputs + output</c>.</param>
    public Scores Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<float> targets) => Evaluate(Checked(Set(features, targets)));

    /// <summary>Scores of the weights as they are.</summary>
    /// <param name="examples">Rows with finite features and targets.</param>
    public Scores Evaluate(Examples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Evaluate(Checked(Set(examples)));
    }

    // Keras: split_at = floor(n * (1 - validation_split)).
    internal static int TrainingRows(int rows, double validationSplit)
    {
        var training = (int)Math.Floor(rows * (1 - validationSplit));
        return validationSplit == 0 || (training > 0 && training < rows) ? training : throw new UserErrorException(FormattableString.Invariant(
            $"validation_split {validationSplit} of {rows} rows leaves {training} to train on and {rows - training} to watch. Both need at least 1. Change it, or give more rows."));
    }

    internal Scores Evaluate(in RowSet rows)
    {
        var tally = default(Tally);
        var step = new LossStep(_stack, Options.Loss);
        var workspace = new Workspace(_stack, Math.Min(rows.Count, PredictRows), training: false);
        for (var start = 0; start < rows.Count; start += PredictRows)
        {
            var chunk = rows.Slice(start, Math.Min(PredictRows, rows.Count - start));
            workspace.Forward(_weights, chunk.Features, chunk.Count);
            tally.AddLoss(step.Evaluate(workspace, chunk.Targets, chunk.Weights, chunk.Count, ref tally), chunk.Count);
        }

        var scores = tally.Scores(Options.Loss.Family);
        return scores with { Loss = scores.Loss + Penalty(null) };
    }

    History Fit(in RowSet rows, FitOptions options, CancellationToken cancellationToken)
    {
        Checked(rows);
        if (options.Validation is { } validation)
        {
            return new TrainingRun(this, _stack, _weights, _random).Run(rows, Checked(Set(validation)), options, cancellationToken);
        }

        var training = TrainingRows(rows.Count, Options.ValidationSplit);
        return new TrainingRun(this, _stack, _weights, _random).Run(rows[..training], rows[training..], options, cancellationToken);
    }

    // What the regularizers add to the loss, and, where it is given, to the gradient.
    internal double Penalty(float[]? gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < _stack.Layers.Count; i++)
        {
            sum += _stack.Layers[i].HasPenalty ? _stack.Layers[i].Penalise(_weights, gradient) : 0;
        }

        return sum;
    }

    RowSet Set(ReadOnlySpan<float> features, ReadOnlySpan<float> targets) => new()
    {
        Features = features,
        Inputs = Inputs,
        Targets = targets,
        PerRow = Options.Loss.Family == LossFamily.Categorical && targets.Length * Inputs == features.Length ? 1 : Outputs,
    };

    RowSet Set(Examples examples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(examples.Inputs, Inputs, nameof(examples));
        return new RowSet { Features = examples.Features, Inputs = Inputs, Targets = examples.Targets, PerRow = examples.Shape.PerRow, Weights = examples.Weights };
    }

    static float[] ToTargets(ReadOnlySpan<int> labels)
    {
        var targets = new float[labels.Length];
        TensorPrimitives.ConvertTruncating(labels, targets);
        return targets;
    }
}
