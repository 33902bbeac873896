using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>One fitted model and the rows it has not seen.</summary>
/// <param name="Fold">From 1; null for the hold-out.</param>
/// <param name="Split">Rows of the prepared table.</param>
/// <param name="Model">The fitted pipeline.</param>
sealed record TrainedPart(int? Fold, Split Split, TrainedModel Model)
{
    public History History => Model.History;
}

/// <summary>All fitted models of a run.</summary>
/// <param name="Parts">What is evaluated and served: the hold-out's model, or without one the model of every fold.</param>
/// <param name="Inner">Folds within the hold-out's training rows, for the error of the method; else empty.</param>
sealed record TrainedParts(ImmutableArray<TrainedPart> Parts, ImmutableArray<TrainedPart> Inner)
{
    public string Name => Parts[0].Model.Name;

    public ImmutableArray<TrainedPart> Folds => Parts[0].Fold is null ? Inner : Parts;

    /// <summary>Why fits ended early, a sentence each; empty when none did.</summary>
    public IEnumerable<string> Stopped => Parts.Concat(Inner).Where(part => part.History.StoppedBecause is not null)
        .Select(part => $"training{OfFold(part)} ended early: {part.History.StoppedBecause}");

    public string Summary => (Parts[0].Fold, Inner.Length) switch
    {
        (null, 0) => $"{Name}{LastLoss}",
        (null, var folds) => $"{Name}{LastLoss}, and {folds} folds within",
        _ => $"{Name}, {Parts.Length} folds{LastLoss}",
    };

    // Models without epochs have no loss to tell; nor has a fit that exploded in its first epoch.
    string LastLoss => Parts.All(part => part.History.Epochs.IsEmpty) ? ""
        : $", {Parts.Max(part => part.History.Epochs.Length)} epochs, last loss {NumberText.Number(Parts.Average(part => part.History.Epochs.LastOrDefault()?.Loss))}";

    /// <summary>Classes that a part is judged on and has not learned, a sentence each.</summary>
    public IEnumerable<string> Unlearned(TargetValues target)
    {
        if (target.Kind == TargetKind.Numbers)
        {
            yield break;
        }

        foreach (var part in Parts.Concat(Inner))
        {
            var learned = part.Split.Train.Select(row => target.Codes[row]).ToHashSet();
            foreach (var unknown in part.Split.Test.Where(row => !learned.Contains(target.Codes[row])).CountBy(row => target.Codes[row]))
            {
                yield return $"class '{target.Classes[unknown.Key]}' has {unknown.Value} test rows{OfFold(part)} and no training row: they are judged like all others, so they are wrong";
            }

            if (learned.Count == 1)
            {
                yield return $"the training rows{OfFold(part)} are all of class '{target.Classes[learned.Single()]}', so there was nothing to tell apart";
            }
        }
    }

    public TrainingSection Describe() => new(
        Name,
        Parts[0].Model.Options is SequentialOptions network ? [.. network.Layers.Select(layer => layer.Summary)] : [],
        Parts[0].Model.ParameterCount,
        Parts[0].Model.Features.Length,
        Parts.All(part => part.History.Epochs.IsEmpty) ? [] : Curves(),
        []);

    // Those that have a value: accuracy is of classes, validation of those who ask for it.
    ImmutableArray<Series> Curves() =>
    [
        .. new[]
        {
            Curve("loss", epoch => epoch.Loss), Curve("accuracy", epoch => epoch.Accuracy),
            Curve("mean_absolute_error", epoch => epoch.MeanAbsoluteError),
            Curve("val_loss", epoch => epoch.ValidationLoss), Curve("val_accuracy", epoch => epoch.ValidationAccuracy),
            Curve("val_mean_absolute_error", epoch => epoch.ValidationMeanAbsoluteError),
        }.Where(curve => curve.Values.Any(value => value is not null)),
    ];

    // Folds may have stopped early: the mean is over those that reached the epoch.
    Series Curve(string name, Func<Epoch, double?> value) => new(name,
        [.. Enumerable.Range(0, Parts.Max(part => part.History.Epochs.Length))
            .Select(i => Parts.Where(part => i < part.History.Epochs.Length).Average(part => value(part.History.Epochs[i])))]);

    static string OfFold(TrainedPart part) => part.Fold is { } fold ? $" of fold {fold}" : "";
}
