namespace Assay.Web.Simulation.Truths;

/// <summary>How long something truly took. Quantiles are right to 0.05 %; seconds; null without values.</summary>
/// <param name="N">How many values.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">The largest.</param>
public sealed record TruthTimes(long N, double? P50, double? P90, double? P99, double? Max)
{
    internal static TruthTimes Of(TimeHistogram histogram) =>
        new(histogram.Count, histogram.Quantile(0.5), histogram.Quantile(0.9), histogram.Quantile(0.99), histogram.Largest);
}
