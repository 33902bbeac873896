using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>Fits the network: on the hold-out's training rows, and once per fold.</summary>
static class TrainStage
{
    public static async Task<TrainedParts> RunAsync(Spec spec, RunServices services, PreparedTable data, TableSplits splits, CancellationToken cancellationToken)
    {
        var options = Options(spec, data);
        if (options.Model.Problems(data.Labels.Classes.Length) is [_, ..] problems)
        {
            throw new UserErrorException($"'model.sequential' does not fit target '{spec.Data!.Target}' ({data.Labels.Classes.Length} classes): {string.Join(' ', problems)}");
        }

        var total = splits.Folds.Length + (splits.Holdout is null ? 0 : 1);
        var folds = splits.Folds.IsEmpty ? [] : await CrossValidation.RunAsync(
            data.Table, splits.Folds, options, services.Workers, new DirectProgress<int>(done => Tell(done, $"fold {done} of {splits.Folds.Length}")), cancellationToken).ConfigureAwait(false);
        var parts = folds.Select(fold => new TrainedPart(fold.Number, fold.Split, fold.Training.Model, fold.Training.History)).ToImmutableArray();
        if (splits.Holdout is not { } holdout)
        {
            return new TrainedParts(parts, []);
        }

        var each = new DirectProgress<Epoch>(epoch => Tell(splits.Folds.Length, $"epoch {epoch.Number} of {options.Model.Epochs}, loss {epoch.Loss.ToString("F4", CultureInfo.InvariantCulture)}"));
        var training = Trainer.Fit(data.Table.Select(holdout.Train), options, each, cancellationToken);
        return new TrainedParts([new TrainedPart(null, holdout, training.Model, training.History)], parts);

        void Tell(int done, string what)
        {
            services.Progress?.Report(new RunProgress("train", what, (double)done / total));
        }
    }

    /// <summary>How every fit of this run is made.</summary>
    public static TrainingOptions Options(Spec spec, PreparedTable data) => new()
    {
        Target = spec.Data!.Target,
        Exclude = spec.Data.Exclude,
        Prepare = spec.Prepare,
        Model = spec.Sequential!,
        Classes = data.Labels.Classes,
        Seed = new SeededRandom(spec.Seed).Derive(3).NextUInt64(),
    };
}

/// <summary>One fitted model and the rows it has not seen.</summary>
/// <param name="Fold">From 1; null for the hold-out.</param>
/// <param name="Split">Rows of the prepared table.</param>
/// <param name="Model">The fitted pipeline.</param>
/// <param name="History">Its training.</param>
sealed record TrainedPart(int? Fold, Split Split, TrainedModel Model, History History);

/// <summary>All fitted models of a run.</summary>
/// <param name="Parts">What is evaluated and served: the hold-out's model, or without one the model of every fold.</param>
/// <param name="Inner">Folds within the hold-out's training rows, for the error of the method; else empty.</param>
sealed record TrainedParts(ImmutableArray<TrainedPart> Parts, ImmutableArray<TrainedPart> Inner)
{
    public string Name => Parts[0].Model.Name;

    public ImmutableArray<TrainedPart> Folds => Parts[0].Fold is null ? Inner : Parts;

    /// <summary>Why fits ended early, a sentence each; empty when none did.</summary>
    public IEnumerable<string> Stopped => Parts.Concat(Inner).Where(part => part.History.StoppedBecause is not null)
        .Select(part => $"training{(part.Fold is { } fold ? $" of fold {fold}" : "")} ended early: {part.History.StoppedBecause}");

    public string Summary => (Parts[0].Fold, Inner.Length) switch
    {
        (null, 0) => $"{Parts[0].History.Epochs.Length} epochs, last loss {LastLoss}",
        (null, var folds) => $"{Parts[0].History.Epochs.Length} epochs, last loss {LastLoss}, and {folds} folds within",
        _ => $"{Parts.Length} folds, mean last loss {LastLoss}",
    };

    // A fit that exploded in its first epoch has no last loss.
    string LastLoss => NumberText.Number(Parts.Average(part => part.History.Epochs.LastOrDefault()?.Loss));

    public TrainingSection Describe() => new(
        Name,
        [.. Parts[0].Model.Options.Layers.Select(layer => layer.Summary)],
        Parts[0].Model.ParameterCount,
        Parts[0].Model.Features.Length,
        [Curve("loss", epoch => epoch.Loss), Curve("accuracy", epoch => epoch.Accuracy), Curve("val_loss", epoch => epoch.ValidationLoss), Curve("val_accuracy", epoch => epoch.ValidationAccuracy)],
        []);

    // Folds may have stopped early: the mean is over those that reached the epoch.
    Series Curve(string name, Func<Epoch, double?> value) => new(name,
        [.. Enumerable.Range(0, Parts.Max(part => part.History.Epochs.Length))
            .Select(i => Parts.Where(part => i < part.History.Epochs.Length).Average(part => value(part.History.Epochs[i])))]);
}
