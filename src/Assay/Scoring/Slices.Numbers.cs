using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Scoring;

public static partial class Slices
{
    /// <summary>
    /// As for a classifier, by <c>mae</c> in place of accuracy: difference with Welch's t interval, p by Welch's t-test; a slice is weak where its
    /// errors are larger.
    /// </summary>
    /// <param name="absoluteErrors">Of each row.</param>
    /// <param name="columns">Names, and a value or null for each row.</param>
    public static ImmutableArray<SliceResult> Analyse(double[] absoluteErrors, IReadOnlyList<(string Column, string?[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(absoluteErrors);
        ArgumentNullException.ThrowIfNull(columns);
        return Ranked(
            columns.SelectMany(column => OfColumn(absoluteErrors.Length, column.Column, column.Values, (value, rows) => OfErrors(absoluteErrors, column.Column, value, rows))),
            lessIsWorse: false);
    }

    static SliceResult OfErrors(double[] errors, string column, string value, int[] rows)
    {
        var inside = rows.ToHashSet();
        var (part, rest) = (Array.ConvertAll(rows, row => errors[row]), errors.Where((_, row) => !inside.Contains(row)).ToArray());
        var estimate = new Estimate
        {
            Metric = "mae",
            Definition = "mae",
            N = part.Length,
            Value = double.IsFinite(part.Average()) ? part.Average() : null,
            Slice = new Dictionary<string, string> { [column] = value },
        };
        var result = new SliceResult
        {
            Column = column,
            Value = value,
            N = part.Length,
            Estimates = [MeanInterval.StudentT(part) is { } interval && estimate.Value is not null ? estimate.With(interval) : estimate with { Reason = "no interval: too few rows, or errors that are no numbers" }],
        };
        if (rest.Length == 0)
        {
            return result with { Reason = "the slice holds all rows, so there are no others to compare it with" };
        }

        var difference = part.Average() - rest.Average();
        return MeanInterval.Welch(part, rest) is { } welch
            ? result with { Difference = difference, DifferenceInterval = welch, PValue = WelchP(part, rest, difference) }
            : result with { Difference = double.IsFinite(difference) ? difference : null, Reason = "too few rows in the slice or beside it, or none of the errors differ" };
    }

    static double WelchP(double[] first, double[] second, double difference)
    {
        var (a, b) = (MeanInterval.Moments(first).Variance / first.Length, MeanInterval.Moments(second).Variance / second.Length);
        return PValue.StudentT(difference / Math.Sqrt(a + b), (a + b) * (a + b) / ((a * a / (first.Length - 1)) + (b * b / (second.Length - 1))));
    }
}
