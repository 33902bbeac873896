using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>Finds the parts of the data on which a model is weak.</summary>
public static partial class Slices
{
    const int MostValues = 50;
    const double Level = 0.05;
    internal const string Missing = "(missing)";

    /// <summary>
    /// Every value of every column is a slice, missing values too. Weak slices come first, the largest loss of accuracy ahead; then the
    /// others by accuracy, lowest first; then, without a <see cref="SliceResult.Value"/>, the columns of more than 50 values, which
    /// were not sliced.
    /// </summary>
    /// <param name="predictions">What to analyse.</param>
    /// <param name="columns">Names, and a value or null for each row of the predictions.</param>
    /// <param name="options">Seed and rounds of the intervals.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static ImmutableArray<SliceResult> Analyse(
        ClassPredictions predictions,
        IReadOnlyList<(string Column, string?[] Values)> columns,
        EstimateOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(options);
        var defect = predictions.Defect();
        var hits = predictions.Truth.Zip(predictions.Predicted, (truth, predicted) => truth == predicted).LongCount(hit => hit);
        return Ranked(
            columns.SelectMany(column => OfColumn(
                predictions.N, column.Column, column.Values, (value, rows) => OfRows(predictions, hits, defect, column.Column, value, rows, options, cancellationToken))),
            lessIsWorse: true);
    }

    static ImmutableArray<SliceResult> Ranked(IEnumerable<SliceResult> all, bool lessIsWorse)
    {
        var slices = all.ToArray();
        var sign = lessIsWorse ? 1 : -1;
        var adjusted = Multiplicity.BenjaminiHochberg([.. slices.Select(slice => slice.PValue ?? double.NaN)]);
        return
        [
            .. slices.Select((slice, i) => slice.PValue is null ? slice : slice with
            {
                AdjustedPValue = adjusted[i],
                IsWeak = adjusted[i] < Level && sign * slice.Difference < 0,
            })
            .OrderBy(slice => slice.Value is null)
            .ThenByDescending(slice => slice.IsWeak)
            .ThenBy(slice => sign * (slice.IsWeak ? slice.Difference : slice.Estimates.FirstOrDefault()?.Value)),
        ];
    }

    static IEnumerable<SliceResult> OfColumn(int count, string column, string?[] values, Func<string, int[], SliceResult> ofRows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count, column);
        var groups = Enumerable.Range(0, values.Length)
            .GroupBy(row => values[row] ?? Missing, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        var distinct = groups.Count(group => group.Key != Missing);
        if (distinct > MostValues)
        {
            return
            [
                new SliceResult
                {
                    Column = column,
                    Reason = $"'{column}' has {distinct} values and slices are made of at most {MostValues}; group them into fewer, or choose another column",
                },
            ];
        }

        return groups.Select(group => ofRows(group.Key, [.. group]));
    }

    static SliceResult OfRows(
        ClassPredictions predictions,
        long hits,
        string? defect,
        string column,
        string value,
        int[] rows,
        EstimateOptions options,
        CancellationToken cancellationToken)
    {
        var part = predictions.Select(rows);
        var matrix = part.Confusion();
        var sliceHits = Enumerable.Range(0, matrix.Classes).Sum(matrix.TruePositives);
        var slice = new Dictionary<string, string> { [column] = value };
        var compared = TwoProportions.Compare(sliceHits, part.N, hits - sliceHits, predictions.N - part.N);
        var result = new SliceResult
        {
            Column = column,
            Value = value,
            N = part.N,
            Estimates = ClassificationEstimates.Checked(
                [
                    ConfusionEstimates.Accuracy(part, options, cancellationToken) with { Slice = slice },
                    ConfusionEstimates.Macro("f1", part, matrix, options, cancellationToken) with { Slice = slice },
                ],
                defect),
            Reason = defect ?? (part.N == predictions.N ? "the slice holds all rows, so there are no others to compare it with" : null),
        };
        return result.Reason is not null
            ? result
            : result with { Difference = compared.Difference, DifferenceInterval = compared.Interval, PValue = compared.PValue };
    }
}
