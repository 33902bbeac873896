using System.Globalization;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>Times: percentiles with order-statistic intervals, the mean with one of batch means. One metric at a time, for an hour's run has millions of each.</summary>
sealed class LatencyEstimates(LoadResult result)
{
    // Neighbouring requests meet the same queue, so their latencies are not independent; means of 20 long batches nearly are.
    // Source: Law, Simulation Modeling and Analysis, 5th ed., 9.5.3.
    internal const int Batches = 20;
    const int LeastPerBatch = 5;

    static readonly double[] _percents = [50, 90, 95, 99, 99.9];

    readonly LoadWindow _window = LoadWindow.Of(result);
    readonly double[] _inOrder = new double[result.Exchanges.Count];
    readonly double[] _sorted = new double[result.Exchanges.Count];

    public IEnumerable<Estimate> All()
    {
        foreach (var (name, of) in LoadMeasures.All)
        {
            var (used, due) = Read(of, okOnly: true);
            if (name == "latency")
            {
                yield return Mean($"{name}/mean", _inOrder.AsSpan(0, used)) with { Excluded = due - used };
            }

            if (used == 0 && name is not ("latency" or "service_time"))
            {
                continue;
            }

            foreach (var estimate in Percentiles(name, used))
            {
                yield return estimate with { Excluded = due - used };
            }
        }

        var (sent, all) = Read((in exchange) => exchange.Outcome == Outcome.NeverSent ? double.NaN : exchange.ScheduleDelay.TotalSeconds, okOnly: false);
        foreach (var estimate in Percentiles("schedule_delay", sent))
        {
            yield return estimate with { Excluded = all - sent };
        }
    }

    /// <summary>Those of a metric that are reported: the usual ones and those that have a target.</summary>
    internal static IEnumerable<double> Percents(string metric, LoadResult result) => _percents
        .Concat(result.Slo.Keys.Select(ServiceLevel.Parse).Where(target => target?.Metric == metric).Select(target => target!.Value.Percent))
        .Distinct().Order();

    internal static string NameOf(string metric, double percent) => string.Create(CultureInfo.InvariantCulture, $"{metric}/p{percent}");

    /// <summary>What is not plain from the number: how many requests it is worth, and what the client may have added.</summary>
    internal static string? Explain(double time, int n, double bound) => (time >= 1.5, bound >= 1e-5) switch
    {
        (true, false) => Worth(time, n),
        (false, true) => Late(bound),
        (true, true) => $"{Worth(time, n)}; {Late(bound)}",
        _ => null,
    };

    /// <summary>99 of 100 of the metric's times are off by no more.</summary>
    internal static double BoundOf(LoadResult result, string metric) =>
        result.Health?.ErrorBounds.GetValueOrDefault(metric == "service_ttft" ? "service_time" : metric) is { } bound ? bound.TotalSeconds : 0;

    static string Worth(double time, int n) => string.Create(CultureInfo.InvariantCulture, $"neighbours are alike: worth {(int)(n / time)} independent requests");

    static string Late(double bound) => string.Create(CultureInfo.InvariantCulture, $"the interval has the client's own lateness of up to {bound * 1000:0.##} ms in it");

    (int Used, int Due) Read(LoadMeasure of, bool okOnly)
    {
        var (used, due) = (0, 0);
        for (var i = 0; i < _inOrder.Length; i++)
        {
            var exchange = result.Exchanges[i];
            if (!_window.Contains(exchange))
            {
                continue;
            }

            due++;
            if ((!okOnly || exchange.Outcome == Outcome.Ok) && of(exchange) is var value && !double.IsNaN(value))
            {
                _inOrder[used++] = value;
            }
        }

        return (used, due);
    }

    // Without an interval there is no value either: a p99 of 40 answers is one of their two slowest, and nothing more.
    List<Estimate> Percentiles(string name, int n)
    {
        var inOrder = _inOrder.AsSpan(0, n);
        var sorted = _sorted.AsSpan(0, n);
        inOrder.CopyTo(sorted);
        sorted.Sort();
        var estimates = new List<Estimate>();
        var (time, bound) = (1.0, BoundOf(result, name));
        foreach (var percent in Percents(name, result))
        {
            // Slow requests come together at least as much as those below them; measured from few of them it would be understated.
            time = Math.Max(time, AutocorrelationTime.OfExceedance(inOrder, QuantileInterval.Type7(sorted, percent / 100)));
            var quantile = QuantileInterval.OfSorted(sorted, percent / 100, n / time, 0.95);
            var estimate = LoadEstimates.Create(NameOf(name, percent), null, n, "s");
            estimates.Add(quantile.Interval is { } interval
                ? (estimate with { Value = quantile.Value, Reason = Explain(time, n, bound) }).With(interval with { Low = Math.Max(Math.Min(0, interval.Low), interval.Low - bound) })
                : estimate with { Reason = $"needs {quantile.Needed} more" });
        }

        return estimates;
    }

    static Estimate Mean(string name, ReadOnlySpan<double> inOrder)
    {
        if (inOrder.IsEmpty)
        {
            return LoadEstimates.Create(name, null, 0, "s", "no good answer");
        }

        var sum = 0.0;
        foreach (var value in inOrder)
        {
            sum += value;
        }

        var mean = sum / inOrder.Length;
        var estimate = LoadEstimates.Create(name, mean, inOrder.Length, "s");
        return inOrder.Length < Batches * LeastPerBatch
            ? estimate with { Reason = $"an interval needs {(Batches * LeastPerBatch) - inOrder.Length} more" }
            : estimate.With(OfBatches(inOrder, mean));
    }

    static Interval OfBatches(ReadOnlySpan<double> inOrder, double mean)
    {
        Span<double> means = stackalloc double[Batches];
        for (var batch = 0; batch < Batches; batch++)
        {
            var (from, to) = ((int)((long)inOrder.Length * batch / Batches), (int)((long)inOrder.Length * (batch + 1) / Batches));
            foreach (var value in inOrder[from..to])
            {
                means[batch] += value / (to - from);
            }
        }

        var half = MeanInterval.StudentT(means) is { } interval ? (interval.High - interval.Low) / 2 : double.NaN;
        return new Interval(mean - half, mean + half, "batch-means");
    }
}
