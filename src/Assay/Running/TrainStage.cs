using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Running;

/// <summary>Fits the model: on the hold-out's training rows, and once per fold.</summary>
static class TrainStage
{
    public static async Task<TrainedParts> RunAsync(Spec spec, RunServices services, PreparedTable data, TableSplits splits, CancellationToken cancellationToken)
    {
        var options = Options(spec, data) with { Checkpoint = services.Checkpoint };
        Check(spec, data);
        var total = splits.Folds.Length + (splits.Holdout is null ? 0 : 1);
        var folds = splits.Folds.IsEmpty ? [] : await CrossValidation.RunAsync(
            data.Table, splits.Folds, options, services.Workers,
            new DirectProgress<int>(done => Tell(done, $"fold {done} of {splits.Folds.Length}")), cancellationToken).ConfigureAwait(false);
        var parts = folds.Select(fold => new TrainedPart(fold.Number, fold.Split, fold.Training.Model)).ToImmutableArray();
        if (splits.Holdout is not { } holdout)
        {
            return new TrainedParts(parts, []);
        }

        var training = Fit(data.Table.Select(holdout.Train), options, "holdout", services, epoch => Tell(splits.Folds.Length, epoch), cancellationToken);
        return new TrainedParts([new TrainedPart(null, holdout, training.Model)], parts);

        void Tell(int done, string what)
        {
            services.Progress?.Report(new RunProgress("train", what, (double)done / total));
        }
    }

    /// <summary>One fit, told by epochs, kept under its name.</summary>
    public static TrainingResult Fit(
        Table rows, TrainingOptions options, string name, RunServices services, Action<string> tell, CancellationToken cancellationToken)
    {
        var each = new DirectProgress<Epoch>(epoch => tell(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Number}, loss {epoch.Loss:F4}")));
        return TrainingCheckpoint.Fit(services.Checkpoint, name, epochs => Trainer.Resume(rows, options, epochs, each, cancellationToken));
    }

    /// <summary>How every fit of this run is made.</summary>
    public static TrainingOptions Options(Spec spec, PreparedTable data) => Options(spec) with { TargetKind = data.Target.Kind, Classes = data.Target.Classes };

    /// <summary>As far as it is known before the rows are.</summary>
    public static TrainingOptions Options(Spec spec) => new()
    {
        Target = spec.Data!.Target,
        MoreTargets = spec.Data.MoreTargets,
        TargetKind = spec.Data.TargetKind,
        Exclude = spec.Data.Exclude,
        Weights = spec.Training.Weights,
        ScaleTarget = spec.Training.ScaleTarget,
        Calibrate = spec.Training.Calibrate,
        Prepare = spec.Prepare,
        Model = spec.Model!,
        Seed = new SeededRandom(spec.Seed).Derive(3).NextUInt64(),
    };

    static void Check(Spec spec, PreparedTable data)
    {
        if (spec.Model!.Problems(data.Target.Shape) is [_, ..] problems)
        {
            var what = data.Target.Kind == TargetKind.Classes ? $"{data.Target.Classes.Length} classes" : data.Target.Columns.Length == 1 ? "numbers" : $"{data.Target.Columns.Length} numbers";
            throw new UserErrorException($"'model.{spec.Model.Name}' does not fit target '{spec.Data!.Target}' ({what}): {string.Join(' ', problems)}");
        }
    }
}
