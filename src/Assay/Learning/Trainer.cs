using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Calibration;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>Trains a model on the rows of a table.</summary>
public static class Trainer
{
    const int CalibrationFolds = 5;

    /// <summary>
    /// Learns the preparation and the model. The rows of a validation split are kept from both. One thread; the same bits for a seed.
    /// </summary>
    /// <param name="training">Training rows only; none may lack its target.</param>
    /// <param name="options">Target, preparation, model.</param>
    /// <param name="progress">Told every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UserErrorException">The target is absent or has missing values, the model does not fit it, or a step does not suit a column.</exception>
    public static TrainingResult Fit(
        Table training, TrainingOptions options, IProgress<Epoch>? progress = null, CancellationToken cancellationToken = default) =>
        Resume(training, options, null, progress, cancellationToken);

    // Epochs: the file in which a network keeps what it needs to go on after an interruption, and from which it does; null: none.
    internal static TrainingResult Resume(Table training, TrainingOptions options, string? epochs, IProgress<Epoch>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        var target = Targets(training, options);
        if (options.Model.Problems(target.Shape) is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        var weights = Weights(training, options);
        var inputs = Inputs(training, options);
        var fitRows = options.Model is SequentialOptions network ? Sequential.TrainingRows(training.RowCount, network.ValidationSplit) : training.RowCount;
        var preparation = Preparation.Fit(fitRows < training.RowCount ? inputs.Select([.. Enumerable.Range(0, fitRows)]) : inputs, options.Prepare);
        var features = preparation.Apply(inputs);
        var scales = options.ScaleTarget ? target.Numbers.Select(values => TargetScale.Of(values.AsSpan(0, fitRows))).ToImmutableArray() : [];
        var examples = new Examples
        {
            Features = features.Values,
            Inputs = features.Names.Length,
            Targets = target.ToExamples(scales),
            Shape = target.Shape,
            Weights = weights,
        };
        var model = options.Model.Fit(examples, new FitOptions { Seed = options.Seed, Progress = progress, Checkpoint = epochs is null ? null : new Checkpoint(epochs, Resume: true) }, cancellationToken);
        var description = new ModelDescription
        {
            Name = options.Name ?? options.Model.Name,
            Outputs = new OutputNames(target.Kind, target.Kind == TargetKind.Classes ? target.Classes : target.Columns),
            Preparation = preparation,
            Model = options.Model,
            Scales = scales,
            History = model.History,
            Calibrated = options.Calibrate,
        };
        var calibration = options.Calibrate is { } method ? Calibrate(training, options, target, weights, method, cancellationToken) : null;
        return new TrainingResult(new TrainedModel(description, model, calibration), model.History);
    }

    /// <summary>What the target columns hold, by the rule of <see cref="TrainingOptions.TargetKind"/>.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="targets">One column or more.</param>
    /// <exception cref="UserErrorException">There is no such column.</exception>
    public static TargetKind TargetKindOf(Table table, params ImmutableArray<string> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        return TargetValues.KindOf(table, targets, null);
    }

    // From rows that their model has not seen; as many folds as the rarest class allows, five at most.
    static FittedCalibration Calibrate(
        Table training, TrainingOptions options, TargetValues target, float[]? weights, CalibrationMethod method, CancellationToken cancellationToken)
    {
        if (target.Kind == TargetKind.Numbers)
        {
            throw new UserErrorException($"'calibrate' corrects probabilities, and target '{options.Target}' holds numbers. Leave it out.");
        }

        var least = target.Codes.CountBy(code => code).Min(count => count.Value);
        if (least < 2)
        {
            throw new UserErrorException($"'calibrate' holds out rows of every class, and one class of '{options.Target}' has {least} training row. It needs 2. Leave it out, or give more rows.");
        }

        var inner = options with { Calibrate = null, Checkpoint = null, TargetKind = target.Kind, Classes = target.Classes };
        var answers = new float[training.RowCount * target.Classes.Length];
        var folds = StratifiedKFold.Split(target.Codes, Math.Min(CalibrationFolds, least), new SeededRandom(options.Seed).Derive(1).NextUInt64());
        foreach (var (number, fold) in folds.Index())
        {
            var result = CrossValidation.Fold(training, fold, number + 1, inner, cancellationToken);
            foreach (var (i, row) in fold.Test.Index())
            {
                result.Predictions.AsSpan(i * target.Classes.Length, target.Classes.Length).CopyTo(answers.AsSpan(row * target.Classes.Length));
            }
        }

        return FittedCalibration.Fit(answers, target.Codes, target.Classes.Length, method, weights);
    }

    static Table Inputs(Table training, TrainingOptions options)
    {
        var inputs = training.Without([.. options.Targets, .. options.Exclude, options.Weights ?? options.Target]);
        return inputs.Columns.Count > 0 ? inputs : throw new UserErrorException(
            $"The table has no column besides the target '{options.Target}' and those excluded. A model needs at least one. Exclude fewer.");
    }

    static TargetValues Targets(Table training, TrainingOptions options)
    {
        if (training.RowCount == 0)
        {
            throw new UserErrorException("There are no rows to train on. Training needs at least one. Give more rows.");
        }

        foreach (var column in options.Targets.Select(name => training[name]).Where(column => column.MissingCount > 0))
        {
            throw new UserErrorException($"Target '{column.Name}' is missing in {column.MissingCount} of {training.RowCount} rows. Every training row needs one. Leave those rows out.");
        }

        return TargetValues.Of(training, options).WithClasses(options.Classes);
    }

    static float[]? Weights(Table training, TrainingOptions options)
    {
        if (options.Weights is not { } name)
        {
            return null;
        }

        var column = training[name];
        var weights = new double[column.Length];
        column.CopyNumbers(0, weights);
        var odd = Array.FindIndex(weights, weight => !(weight >= 0 && double.IsFinite(weight)));
        return odd < 0 ? Array.ConvertAll(weights, weight => (float)weight) : throw new UserErrorException(
            $"Column '{name}' weights the rows, and row {odd + 1} holds '{column.Text(odd) ?? "(missing)"}'. Expected a number from 0. Correct it, or leave the row out.");
    }
}
