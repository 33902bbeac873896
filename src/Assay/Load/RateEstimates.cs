using Assay.Models;
using Assay.Statistics;
using MathNet.Numerics.Distributions;

namespace Assay.Load;

/// <summary>
/// Rates over the window of the run: only answers that ended within it count, so that neither a slow drain nor one that hangs distorts them.
/// Shares are of all requests that came to their time: one never sent is not good.
/// </summary>
static class RateEstimates
{
    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        var bound = ServiceLevel.Bound(result.Slo) ?? TimeSpan.MaxValue;
        var (due, seconds) = (result.Exchanges.Count, result.Window.TotalSeconds);
        var good = result.Exchanges.Count(exchange => exchange.Outcome == Outcome.Ok && exchange.Latency <= bound);
        var goodInWindow = result.Exchanges.Count(exchange => IsOkWithin(exchange, result.Window) && exchange.Latency <= bound);
        yield return RequestRate(result.Exchanges.Count(exchange => IsOkWithin(exchange, result.Window)), result);
        yield return Share("goodput", goodInWindow, due, due / seconds, "1/s");
        yield return Share("goodput/share", good, due, 1, null);
        yield return Share("error_rate", result.Failed, result.Sent, 1, null) with { Excluded = due - result.Sent };
    }

    static bool IsOkWithin(Exchange exchange, TimeSpan window) => exchange.Outcome == Outcome.Ok && exchange.End <= window;

    // The number of answers of independent users is Poisson; its exact interval is Garwood's, 1936.
    static Estimate RequestRate(int ok, LoadResult result)
    {
        var seconds = result.Window.TotalSeconds;
        if (seconds <= 0)
        {
            return LoadEstimates.Create("request_rate", null, 0, "1/s", "the run had no length");
        }

        var estimate = LoadEstimates.Create("request_rate", ok / seconds, ok, "1/s");
        return result.Arrivals is PoissonArrivals
            ? estimate.With(new Interval(
                ok == 0 ? 0 : Gamma.InvCDF(ok, 1, 0.025) / seconds, Gamma.InvCDF(ok + 1, 1, 0.975) / seconds, "poisson-exact"))
            : estimate with { Reason = "the arrivals are set, not drawn: repeat the run to see how much the rate varies" };
    }

    static Estimate Share(string metric, int successes, int n, double scale, string? unit)
    {
        if (n == 0)
        {
            return LoadEstimates.Create(metric, null, 0, unit, "no request came to its time");
        }

        var interval = Wilson.Interval(successes, n);
        return LoadEstimates.Create(metric, scale * ((double)successes / n), n, unit)
            .With(interval with { Low = scale * interval.Low, High = scale * interval.High });
    }
}
