using Assay.Statistics;
using MathNet.Numerics.Distributions;

namespace Assay.Load;

/// <summary>
/// Rates over the measured window: only answers that ended within it count. Shares are of all requests that came to their time in it: one never
/// sent is not good.
/// </summary>
static class RateEstimates
{
    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        var totals = RateTotals.Of(result);
        var seconds = LoadWindow.Of(result).Seconds;
        yield return RequestRate(totals, result, seconds);
        yield return Share("goodput", Math.Min(totals.GoodEnded, totals.Due), totals.Due, totals.Due / seconds, "1/s", totals.GoodTime);
        yield return Share("goodput/share", totals.Good, totals.Due, 1, null, totals.GoodTime);
        yield return Share("error_rate", totals.Failed, totals.Sent, 1, null, totals.FailedTime) with { Excluded = totals.Due - totals.Sent };
        if (totals.HasTokens)
        {
            var counted = totals.IsCounted ? null : "the service does not count tokens: these are events with text";
            yield return PerSecond("token_rate", totals.Tokens, totals.TokenSlices, result, seconds, counted);
            yield return PerSecond("goodput/tokens", totals.GoodTokens, totals.GoodTokenSlices, result, seconds, counted);
        }

        if (totals.InputTokens > 0)
        {
            yield return PerSecond("input_token_rate", totals.InputTokens, totals.InputSlices, result, seconds, null);
        }

        if (totals.CacheInput > 0)
        {
            yield return LoadEstimates.Create(
                "cached_tokens/share", (double)totals.CachedTokens / totals.CacheInput, totals.CacheInput, null, "requests share their beginnings with each other: no interval of independent ones");
        }
    }

    // The number of answers of independent users is Poisson; its exact interval is Garwood's, 1936.
    static Estimate RequestRate(RateTotals totals, LoadResult result, double seconds)
    {
        if (result.Arrivals is not PoissonArrivals || seconds <= 0)
        {
            return PerSecond("request_rate", totals.Ended, totals.EndedSlices, result, seconds, null);
        }

        var ok = totals.Ended;
        return LoadEstimates.Create("request_rate", ok / seconds, ok, "1/s").With(new Interval(
            ok == 0 ? 0 : Gamma.InvCDF(ok, 1, 0.025) / seconds, Gamma.InvCDF(ok + 1, 1, 0.975) / seconds, "poisson-exact"));
    }

    // Slices of the window are nearly independent; their spread is that of the rate, where the asked rate does not change itself.
    static Estimate PerSecond(string metric, long count, double[] slices, LoadResult result, double seconds, string? note)
    {
        if (seconds <= 0)
        {
            return LoadEstimates.Create(metric, null, 0, "1/s", "the run had no length");
        }

        var estimate = LoadEstimates.Create(metric, count / seconds, count, "1/s", note);
        if (result.Arrivals is not (ClosedLoop or ConstantArrivals or PoissonArrivals or GammaArrivals))
        {
            return estimate with { Reason = "the arrivals are set, not drawn: repeat the run to see how much the rate varies" };
        }

        var perSlice = seconds / slices.Length;
        return count >= 5 * slices.Length && MeanInterval.StudentT(Array.ConvertAll(slices, slice => slice / perSlice)) is { } interval
            ? estimate.With(interval with { Low = Math.Max(0, interval.Low), Method = "batch-means" })
            : estimate with { Reason = note ?? "too few for an interval" };
    }

    static Estimate Share(string metric, int successes, int n, double scale, string? unit, double time)
    {
        if (n == 0 || !double.IsFinite(scale))
        {
            return LoadEstimates.Create(metric, null, 0, unit, "no request came to its time");
        }

        var interval = Wilson.OfProportion((double)successes / n, n / time, 0.95, "wilson");
        return LoadEstimates.Create(metric, scale * ((double)successes / n), n, unit, LatencyEstimates.Explain(time, n, 0))
            .With(interval with { Low = scale * interval.Low, High = scale * interval.High });
    }
}
