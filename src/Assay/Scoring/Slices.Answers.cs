using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Scoring;

public static partial class Slices
{
    /// <summary>Of answers that are right or wrong: each value of each column against all other answers. Weak slices come first, as for classes.</summary>
    /// <param name="metric">The name of the share of right answers, such as <c>exact_match</c>.</param>
    /// <param name="right">One item an answer.</param>
    /// <param name="columns">Names, and a value or null for each answer.</param>
    public static ImmutableArray<SliceResult> Analyse(string metric, IReadOnlyList<bool> right, IReadOnlyList<(string Column, string?[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(columns);
        var hits = right.LongCount(hit => hit);
        return Ranked(
            columns.SelectMany(column => OfColumn(right.Count, column.Column, column.Values, (value, rows) => OfAnswers(metric, right, hits, column.Column, value, rows))),
            lessIsWorse: true);
    }

    static SliceResult OfAnswers(string metric, IReadOnlyList<bool> right, long hits, string column, string value, int[] rows)
    {
        var own = rows.LongCount(row => right[row]);
        var estimate = new Estimate
        {
            Metric = metric,
            Definition = metric,
            Value = (double)own / rows.Length,
            N = rows.Length,
            Slice = new Dictionary<string, string> { [column] = value },
        };
        var result = new SliceResult { Column = column, Value = value, N = rows.Length, Estimates = [estimate.With(Wilson.Interval(own, rows.Length))] };
        if (rows.Length == right.Count)
        {
            return result with { Reason = "the slice holds all rows, so there are no others to compare it with" };
        }

        var compared = TwoProportions.Compare(own, rows.Length, hits - own, right.Count - rows.Length);
        return result with { Difference = compared.Difference, DifferenceInterval = compared.Interval, PValue = compared.PValue };
    }
}
