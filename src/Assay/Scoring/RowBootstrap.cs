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
        Bootstrap.Bca(predictions.N, rows => statistic(predictions.Select(rows.ToArray())), Resampling(predictions.N, options), cancellationToken);

    public static Interval? OfMean(double[] values, double[] weights, EstimateOptions options, CancellationToken cancellationToken) => Bootstrap.Bca(
        values.Length,
        rows =>
        {
            double sum = 0, total = 0;
            foreach (var row in rows)
            {
                sum += weights[row] * values[row];
                total += weights[row];
            }

            return sum / total;
        },
        Resampling(values.Length, options),
        cancellationToken);

    public static BootstrapOptions Resampling(int rows, EstimateOptions options) => new()
    {
        Seed = options.Seed,
        Rounds = (int)Math.Min(options.Rounds, Math.Max(FewestRounds, MostRows / Math.Max(1, rows))),
    };
}
