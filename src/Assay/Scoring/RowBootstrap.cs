using System.Runtime.InteropServices;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>Intervals of what is no function of a table of counts: rows are drawn with replacement and judged again.</summary>
static class RowBootstrap
{
    // A row costs up to a few hundred nanoseconds where scores are sorted again in every round; this many rows are seconds, not minutes.
    const long MostRows = 40_000_000;
    const int FewestRounds = 200;

    public static Interval? Interval(
        ClassPredictions predictions, Func<ClassPredictions, double> statistic, EstimateOptions options, CancellationToken cancellationToken) =>
        Bca(predictions.Rows, predictions.N, rows => statistic(predictions.Select(rows.ToArray())), Resampling(predictions.N, options), cancellationToken);

    /// <summary>Of values whose mean is weighted, or of which several are of one row.</summary>
    public static Interval? OfMean(double[] values, double[]? weights, int[]? rowOf, EstimateOptions options, CancellationToken cancellationToken) => Bca(
        rowOf,
        values.Length,
        rows =>
        {
            double sum = 0, total = 0;
            foreach (var row in rows)
            {
                var weight = weights?[row] ?? 1;
                sum += weight * values[row];
                total += weight;
            }

            return sum / total;
        },
        Resampling(values.Length, options),
        cancellationToken);

    /// <summary>Draws predictions, or where several are of one row, rows with all of theirs.</summary>
    public static Interval? Bca(
        int[]? rowOf, int predictions, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken)
    {
        if (rowOf is null)
        {
            return Bootstrap.Bca(predictions, statistic, options, cancellationToken);
        }

        var groups = RepeatedRows.Groups(rowOf);
        return Bootstrap.Bca(groups.Length, Drawn, options, cancellationToken) is { } found ? found with { Method = "cluster-bootstrap-bca" } : null;

        double Drawn(ReadOnlySpan<int> rows)
        {
            var drawn = new List<int>(predictions);
            foreach (var row in rows)
            {
                drawn.AddRange(groups[row]);
            }

            return statistic(CollectionsMarshal.AsSpan(drawn));
        }
    }

    /// <summary>Of a share of right answers: Wilson's where each counts for itself, or where none or all are right.</summary>
    public static Interval? OfShare(double[] hits, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var right = hits.Count(hit => hit == 1);
        return predictions.ArePlain || ((right == 0 || right == hits.Length) && predictions.Rows is not null)
            ? Wilson.Interval(right == 0 ? 0 : predictions.RowCount - (hits.Length - right), predictions.RowCount)
            : OfMean(hits, predictions.Weights, predictions.Rows, options, cancellationToken);
    }

    public static BootstrapOptions Resampling(int rows, EstimateOptions options) => new()
    {
        Seed = options.Seed,
        Rounds = (int)Math.Min(options.Rounds, Math.Max(FewestRounds, MostRows / Math.Max(1, rows))),
    };
}
