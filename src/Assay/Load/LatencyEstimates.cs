using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>Times: percentiles with order-statistic intervals, the mean with one of batch means.</summary>
static class LatencyEstimates
{
    // Neighbouring requests meet the same queue, so their latencies are not independent; means of 20 long batches nearly are.
    // Source: Law, Simulation Modeling and Analysis, 5th ed., 9.5.3.
    const int Batches = 20;
    const int LeastPerBatch = 5;

    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        var good = result.Exchanges.Where(exchange => exchange.Outcome == Outcome.Ok).ToArray();
        var latencies = Array.ConvertAll(good, exchange => exchange.Latency.TotalSeconds);
        var serviceTimes = Array.ConvertAll(good, exchange => exchange.ServiceTime.TotalSeconds);
        var delays = result.Exchanges.Where(exchange => exchange.Outcome != Outcome.NeverSent)
            .Select(exchange => exchange.ScheduleDelay.TotalSeconds).ToArray();
        yield return Mean("latency/mean", latencies);
        foreach (var array in (double[][])[latencies, serviceTimes, delays])
        {
            Array.Sort(array);
        }

        yield return Percentile("latency", 50, latencies) with { Excluded = result.Exchanges.Count - good.Length };
        yield return Percentile("latency", 90, latencies) with { Excluded = result.Exchanges.Count - good.Length };
        yield return Percentile("latency", 99, latencies) with { Excluded = result.Exchanges.Count - good.Length };
        yield return Percentile("service_time", 50, serviceTimes) with { Excluded = result.Exchanges.Count - good.Length };
        yield return Percentile("service_time", 99, serviceTimes) with { Excluded = result.Exchanges.Count - good.Length };
        yield return Percentile("schedule_delay", 99, delays) with { Excluded = result.Exchanges.Count - delays.Length };
    }

    // Without an interval there is no value either: a p99 of 40 answers is one of their two slowest, and nothing more.
    internal static Estimate Percentile(string name, int percent, double[] sorted)
    {
        var quantile = QuantileInterval.OfSorted(sorted, percent / 100.0);
        var estimate = LoadEstimates.Create($"{name}/p{percent}", null, sorted.Length, "s");
        return quantile.Interval is { } interval
            ? (estimate with { Value = quantile.Value }).With(interval)
            : estimate with { Reason = $"needs {quantile.Needed} more" };
    }

    static Estimate Mean(string name, double[] inOrder)
    {
        if (inOrder.Length == 0)
        {
            return LoadEstimates.Create(name, null, 0, "s", "no good answer");
        }

        var estimate = LoadEstimates.Create(name, inOrder.Average(), inOrder.Length, "s");
        if (inOrder.Length < Batches * LeastPerBatch)
        {
            return estimate with { Reason = $"an interval needs {(Batches * LeastPerBatch) - inOrder.Length} more" };
        }

        var means = Enumerable.Range(0, Batches).Select(batch => inOrder.AsSpan(
            (int)((long)inOrder.Length * batch / Batches)..(int)((long)inOrder.Length * (batch + 1) / Batches)).ToArray().Average()).ToArray();
        var half = MeanInterval.StudentT(means) is { } interval ? (interval.High - interval.Low) / 2 : double.NaN;
        var mean = estimate.Value!.Value;
        return estimate.With(new Interval(mean - half, mean + half, "batch-means"));
    }
}
