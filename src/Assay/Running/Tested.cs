using System.Collections.Immutable;
using Assay.Results;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>Predictions for rows that their model has not seen, in the order of the rows.</summary>
/// <param name="Rows">Rows of the prepared table.</param>
/// <param name="Folds">The fold of each; null in a hold-out.</param>
/// <param name="Predictions">Truth and probabilities of each.</param>
sealed record Tested(int[] Rows, int?[] Folds, ClassPredictions Predictions)
{
    /// <summary>Asks each part for its own test rows and puts the answers in order.</summary>
    public static async Task<Tested> PredictAsync(PreparedTable data, ImmutableArray<TrainedPart> parts, Func<TrainedPart, ValueTask<float[]>> predict)
    {
        var classes = data.Labels.Classes.Length;
        var answers = new List<(int Row, int? Fold, float[] From, int At)>();
        foreach (var part in parts)
        {
            var probabilities = await predict(part).ConfigureAwait(false);
            answers.AddRange(part.Split.Test.Select((row, i) => (row, part.Fold, probabilities, i * classes)));
        }

        answers.Sort((a, b) => (a.Row, a.Fold ?? 0).CompareTo((b.Row, b.Fold ?? 0)));
        int[] rows = [.. answers.Select(answer => answer.Row)];
        var predictions = new ClassPredictions
        {
            Classes = data.Labels.Classes,
            Truth = [.. answers.Select(answer => data.Labels.Codes[answer.Row])],
            Probabilities = [.. answers.SelectMany(answer => answer.From.AsSpan(answer.At, classes).ToArray())],
            Positive = data.Positive,
            Rows = TestedTimes.Clusters(rows),
            Weights = TestedTimes.Weights(rows),
            Excluded = data.RowsWithoutTarget,
        };
        return new Tested(rows, [.. answers.Select(answer => answer.Fold)], predictions);
    }

    /// <summary>The rows of one fold.</summary>
    public ClassPredictions OfFold(int fold) => Predictions.Select([.. Enumerable.Range(0, Rows.Length).Where(i => Folds[i] == fold)]);

    /// <summary>Every row once, by its first prediction: tables of counts, curves and slices know no repeats.</summary>
    public Tested OncePerRow()
    {
        var first = TestedTimes.First(Rows);
        return first.Length == Rows.Length ? this : new Tested(Array.ConvertAll(first, i => Rows[i]), Array.ConvertAll(first, i => Folds[i]), Predictions.Select(first) with { Excluded = Predictions.Excluded });
    }

    /// <summary>One record per prediction.</summary>
    public IEnumerable<Record> Records(PreparedTable data, string stage, string model, IReadOnlyList<string> slices)
    {
        var classes = data.Labels.Classes;
        var predicted = Predictions.Predicted;
        var repeats = TestedTimes.Repeats(Rows);
        for (var i = 0; i < Rows.Length; i++)
        {
            var row = Rows[i];
            yield return new Record
            {
                Id = data.Id(row),
                Stage = stage,
                Model = model,
                Fold = Folds[i],
                Repeat = repeats?[i],
                Target = classes[Predictions.Truth[i]],
                Answer = classes[predicted[i]],
                Outcome = Models.Outcome.Ok,
                Scores = new Dictionary<string, double> { ["accuracy"] = predicted[i] == Predictions.Truth[i] ? 1 : 0 },
                Probabilities = Predictions.Probabilities[(i * classes.Length)..((i + 1) * classes.Length)],
                Tags = slices.Count == 0 ? null : slices.ToDictionary(column => column, column => data.Table[column].Text(row) ?? Slices.Missing),
            };
        }
    }
}
