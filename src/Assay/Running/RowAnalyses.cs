using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Validation;
using Assay.Metrics;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>What the model relies on, and whether more rows would help: many more predictions, and many more fits.</summary>
static class RowAnalyses
{
    public static string Importance(Spec spec, ReportBuilder report, PreparedTable data, TrainedParts trained, Tested tested, CancellationToken cancellationToken)
    {
        tested = tested.OncePerRow();
        var parts = trained.Parts.Select(part => (part.Model, Places: Enumerable.Range(0, tested.Rows.Length).Where(i => tested.Folds[i] == part.Fold).ToArray())).ToList();
        var width = data.Target.Shape.Outputs;
        var options = new PermutationOptions { Repeats = spec.Analyse.PermutationRepeats, Seed = new SeededRandom(spec.Seed).Derive(8).NextUInt64(), HigherIsBetter = false };
        var columns = trained.Parts[0].Model.Inputs.Select(input => input.Name).ToList();
        var found = PermutationImportance.Measure(
            data.Table.Select(tested.Rows), columns, Predict, answers => Loss(data.Target, tested.Rows, answers), options, cancellationToken);
        report.Importance = new ImportanceSection(
            MetricOf(data.Target.Kind),
            [.. found.OrderByDescending(column => column.Mean).Select(column => new ColumnImportanceSection(column.Column, Finite(column.Mean), column.Interval?.Low, column.Interval?.High))]);
        return string.Join(", ", report.Importance.Columns.Take(3).Select(column => $"{column.Column} {NumberText.Number(column.Rise)}"));

        // Each row by the model that has not seen it.
        float[] Predict(Table rows)
        {
            var answers = new float[rows.RowCount * width];
            foreach (var (model, own) in parts)
            {
                var some = model.Predict(rows.Select(own), cancellationToken);
                foreach (var (i, place) in own.Index())
                {
                    some.AsSpan(i * width, width).CopyTo(answers.AsSpan(place * width));
                }
            }

            return answers;
        }
    }

    public static async Task<string> LearningCurveAsync(
        Spec spec, RunServices services, ReportBuilder report, PreparedTable data, TrainedParts trained, CancellationToken cancellationToken)
    {
        var splits = (trained.Folds.IsEmpty ? trained.Parts : trained.Folds).Select(part => part.Split).ToImmutableArray();
        var options = new LearningCurveOptions { Seed = new SeededRandom(spec.Seed).Derive(9).NextUInt64(), HigherIsBetter = false };
        var fits = options.Shares.Length * splits.Length;
        var training = TrainStage.Options(spec, data);
        var curve = await LearningCurve.MeasureAsync(
            splits,
            (split, token) => LossOf(data, split, training, token),
            options,
            services.Workers,
            new DirectProgress<int>(done => services.Progress?.Report(new RunProgress("learning curve", $"{done} of {fits} fits", (double)done / fits))),
            cancellationToken).ConfigureAwait(false);
        report.LearningCurve = new LearningCurveSection(
            MetricOf(data.Target.Kind),
            [.. curve.Points.Select(point => new LearningPointSection(point.Rows, Finite(point.Summary.Mean), point.Summary.Interval?.Low, point.Summary.Interval?.High))],
            curve.Extrapolation.Sentence);
        report.Find("advice", $"learning curve: {curve.Extrapolation.Sentence}");
        return curve.Extrapolation.Sentence;
    }

    // A tenth of the rows may lack a class, or all values of a column: then there is no score of it.
    static double LossOf(PreparedTable data, Split split, TrainingOptions training, CancellationToken cancellationToken)
    {
        try
        {
            var model = Trainer.Fit(data.Table.Select(split.Train), training, null, cancellationToken).Model;
            return Loss(data.Target, split.Test, model.Predict(data.Table.Select(split.Test), cancellationToken));
        }
        catch (UserErrorException)
        {
            return double.NaN;
        }
    }

    static string MetricOf(TargetKind kind) => kind == TargetKind.Classes ? "log_loss" : "mae";

    // Answers of these rows in their order; of several targets the mean.
    static double Loss(TargetValues target, int[] rows, float[] answers)
    {
        if (target.Kind == TargetKind.Classes)
        {
            return LogLoss.Mean([.. answers.Select(answer => (double)answer)], target.Classes.Length, Array.ConvertAll(rows, row => target.Codes[row])).Value;
        }

        var width = target.Columns.Length;
        return rows.Index().Average(row => target.Numbers.Index().Average(column => Math.Abs(answers[(row.Index * width) + column.Index] - column.Item[row.Item])));
    }

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
