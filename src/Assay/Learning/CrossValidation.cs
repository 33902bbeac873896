using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;

namespace Assay.Learning;

/// <summary>Trains one model per fold; everything, the preparation too, is learned from the fold's training rows.</summary>
public static class CrossValidation
{
    /// <summary>The folds, in order: the same for any number of workers.</summary>
    /// <param name="table">All rows; none may lack its target.</param>
    /// <param name="splits">One per fold.</param>
    /// <param name="options">Each fold gets a seed of its own, derived from this one's; kind of target and classes are those of the whole table.</param>
    /// <param name="workers">Folds that are trained at the same time.</param>
    /// <param name="done">Told how many folds are done, from whatever thread.</param>
    /// <param name="cancellationToken">Ends the training of every fold.</param>
    /// <exception cref="UserErrorException">As of <c>Trainer.Fit</c>.</exception>
    public static async Task<ImmutableArray<FoldResult>> RunAsync(
        Table table, ImmutableArray<Split> splits, TrainingOptions options, int workers, IProgress<int>? done = null, CancellationToken cancellationToken = default)
    {
        var shared = WithClasses(table, options);
        var folds = new FoldResult[splits.Length];
        await Fits.RunAsync(splits.Length, workers, done, (i, token) => folds[i] = Fold(table, splits[i], i + 1, shared, token), cancellationToken)
            .ConfigureAwait(false);
        return [.. folds];
    }

    internal static TrainingOptions WithClasses(Table table, TrainingOptions options)
    {
        var kind = TargetValues.KindOf(table, options.Targets, options.TargetKind);
        return kind == TargetKind.Classes && options.Classes.IsDefaultOrEmpty
            ? options with { TargetKind = kind, Classes = ClassLabels.Of(table[options.Target]).Classes }
            : options with { TargetKind = kind };
    }

    internal static FoldResult Fold(Table table, Split split, int number, TrainingOptions options, CancellationToken cancellationToken)
    {
        var seeded = options with { Seed = new SeededRandom(options.Seed).Derive((ulong)number).NextUInt64() };
        var name = string.Create(CultureInfo.InvariantCulture, $"fold-{number}");
        var training = TrainingCheckpoint.Fit(options.Checkpoint, name, epochs => Trainer.Resume(table.Select(split.Train), seeded, epochs, null, cancellationToken));
        return new FoldResult(number, split, training, training.Model.Predict(table.Select(split.Test), cancellationToken));
    }
}
