using System.Collections.Immutable;
using Assay.Learning;
using Assay.Results;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>Predictions for rows that their model has not seen, in the order of the rows.</summary>
/// <param name="Rows">Rows of the prepared table.</param>
/// <param name="Folds">The fold of each; null in a hold-out.</param>
/// <param name="Outputs">Truth and answer of each.</param>
sealed record Tested(int[] Rows, int?[] Folds, TestedOutputs Outputs)
{
    /// <summary>Asks each part for its own test rows and puts the answers in order.</summary>
    public static async Task<Tested> PredictAsync(PreparedTable data, ImmutableArray<TrainedPart> parts, Func<TrainedPart, ValueTask<float[]>> predict)
    {
        var width = data.Target.Shape.Outputs;
        var answers = new List<(int Row, int? Fold, float[] From, int At)>();
        foreach (var part in parts)
        {
            var outputs = await predict(part).ConfigureAwait(false);
            answers.AddRange(part.Split.Test.Select((row, i) => (row, part.Fold, outputs, i * width)));
        }

        answers.Sort((a, b) => (a.Row, a.Fold ?? 0).CompareTo((b.Row, b.Fold ?? 0)));
        int[] rows = [.. answers.Select(answer => answer.Row)];
        float[] values = [.. answers.SelectMany(answer => answer.From.AsSpan(answer.At, width).ToArray())];
        return new Tested(rows, [.. answers.Select(answer => answer.Fold)], Beside(data, rows, values));
    }

    /// <summary>The rows of one fold.</summary>
    public TestedOutputs OfFold(int fold) => Outputs.Select([.. Enumerable.Range(0, Rows.Length).Where(i => Folds[i] == fold)]);

    /// <summary>Every row once, by its first prediction: tables of counts, curves and slices know no repeats.</summary>
    public Tested OncePerRow()
    {
        var first = TestedTimes.First(Rows);
        return first.Length == Rows.Length ? this : new Tested(Array.ConvertAll(first, i => Rows[i]), Array.ConvertAll(first, i => Folds[i]), Outputs.Select(first));
    }

    /// <summary>One record per prediction.</summary>
    public IEnumerable<Record> Records(PreparedTable data, string stage, string model, IReadOnlyList<string> slices)
    {
        var repeats = TestedTimes.Repeats(Rows);
        for (var i = 0; i < Rows.Length; i++)
        {
            var row = Rows[i];
            var record = new Record
            {
                Id = data.Id(row),
                Stage = stage,
                Model = model,
                Fold = Folds[i],
                Repeat = repeats?[i],
                Outcome = Models.Outcome.Ok,
                Tags = slices.Count == 0 ? null : slices.ToDictionary(column => column, column => data.Table[column].Text(row) ?? Slices.Missing),
            };
            yield return Outputs.Complete(record, i);
        }
    }

    static TestedOutputs Beside(PreparedTable data, int[] rows, float[] values)
    {
        var target = data.Target;
        var (times, weights) = (TestedTimes.Clusters(rows), TestedTimes.Weights(rows));
        if (target.Kind == TargetKind.Classes)
        {
            return new TestedClasses(new ClassPredictions
            {
                Classes = target.Classes,
                Truth = Array.ConvertAll(rows, row => target.Codes[row]),
                Probabilities = values,
                Positive = data.Positive,
                Rows = times,
                Weights = weights,
                Excluded = data.RowsWithoutTarget,
            });
        }

        var width = target.Columns.Length;
        return new TestedNumbers(target.Columns, [.. target.Numbers.Select((truth, column) => new NumberPredictions
        {
            Truth = Array.ConvertAll(rows, row => truth[row]),
            Predicted = [.. Enumerable.Range(0, rows.Length).Select(i => (double)values[(i * width) + column])],
            Rows = times,
            Weights = weights,
            Excluded = data.RowsWithoutTarget,
        })]);
    }
}
