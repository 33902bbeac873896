using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>Trains a model on the rows of a table.</summary>
public static class Trainer
{
    /// <summary>
    /// Learns the preparation and the network. The rows of a validation split are kept from both. One thread; the same bits for a seed.
    /// </summary>
    /// <param name="training">Training rows only; none may lack its target.</param>
    /// <param name="options">Target, preparation, network.</param>
    /// <param name="progress">Told every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UserErrorException">The target is absent or has missing values, the network does not fit the classes, or a step does not suit a column.</exception>
    public static TrainingResult Fit(
        Table training, TrainingOptions options, IProgress<Epoch>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        var (classes, labels) = Labels(training[options.Target], options.Classes);
        if (options.Model.Problems(classes.Length) is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        var inputs = training.Without([options.Target, .. options.Exclude]);
        if (inputs.Columns.Count == 0)
        {
            throw new UserErrorException($"The table has no column besides the target '{options.Target}' and those excluded. A model needs at least one. Exclude fewer.");
        }

        var fitRows = Sequential.TrainingRows(training.RowCount, options.Model.ValidationSplit);
        var preparation = Preparation.Fit(fitRows < training.RowCount ? inputs.Select([.. Enumerable.Range(0, fitRows)]) : inputs, options.Prepare);
        var features = preparation.Apply(inputs);
        var examples = new Examples
        {
            Features = features.Values,
            Inputs = features.Names.Length,
            Targets = Array.ConvertAll(labels, label => (float)label),
            Shape = new TargetShape(TargetKind.Classes, classes.Length),
        };
        var model = options.Model.Fit(examples, new FitOptions { Seed = options.Seed, Progress = progress }, cancellationToken);
        return new TrainingResult(new TrainedModel(options.Name, classes, preparation, options.Model, model), model.History);
    }

    static (ImmutableArray<string> Classes, int[] Labels) Labels(Column target, ImmutableArray<string> wanted)
    {
        var found = ClassLabels.Of(target);
        if (target.Length == 0 || target.MissingCount > 0)
        {
            throw new UserErrorException(target.Length == 0
                ? "There are no rows to train on. Training needs at least one. Give more rows."
                : $"Target '{target.Name}' is missing in {target.MissingCount} of {target.Length} rows. Every training row needs one. Leave those rows out.");
        }

        if (wanted.IsDefaultOrEmpty)
        {
            return (found.Classes, found.Codes);
        }

        if (found.Classes.FirstOrDefault(name => !wanted.Contains(name)) is { } stranger)
        {
            throw new UserErrorException($"Target '{target.Name}' holds '{stranger}'. The classes are: {string.Join(", ", wanted)}. Add it, or leave those rows out.");
        }

        var codes = found.Classes.Select(wanted.IndexOf).ToArray();
        return (wanted, [.. found.Codes.Select(code => codes[code])]);
    }
}
