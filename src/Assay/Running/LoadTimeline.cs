using System.Collections.Immutable;
using Assay.Load;
using Assay.Models;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>A load over time, for charts: steps of equal length, and its slowest requests.</summary>
static class LoadTimeline
{
    const int MostSteps = 200;
    const int MostSlow = 40;

    /// <summary>Steps of 1, 2 or 5 times a power of ten of a second, so that there are at most 200.</summary>
    public static ImmutableArray<LoadMoment> Of(LoadResult result)
    {
        var seconds = result.Elapsed.TotalSeconds;
        if (result.Exchanges.Count == 0 || seconds <= 0)
        {
            return [];
        }

        var step = StepOf(seconds);
        var count = (int)Math.Min(MostSteps, Math.Ceiling(seconds / step));
        var (sent, ok, failed) = (new int[count], new int[count], new int[count]);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome != Outcome.NeverSent)
            {
                sent[At(exchange.Sent, step, count)]++;
                (exchange.Outcome == Outcome.Ok ? ok : failed)[At(exchange.End, step, count)]++;
            }
        }

        var (latencies, starts) = ByStep(result, step, count, ok, exchange => exchange.Latency.TotalSeconds);
        var (firsts, firstStarts) = ByStep(result, step, count, ok, exchange => exchange.FirstToken is { } first ? (first - exchange.Scheduled).TotalSeconds : double.NaN);
        var moments = ImmutableArray.CreateBuilder<LoadMoment>(count);
        var open = 0;
        for (var at = 0; at < count; at++)
        {
            open += sent[at] - ok[at] - failed[at];
            var here = latencies.AsSpan(starts[at], starts[at + 1] - starts[at]);
            var first = firsts.AsSpan(firstStarts[at], firstStarts[at + 1] - firstStarts[at]);
            moments.Add(new LoadMoment(at * step, sent[at], ok[at], failed[at], open, Quantile(here, 0.5), Quantile(here, 0.99), Quantile(first, 0.5)));
        }

        return moments.MoveToImmutable();
    }

    /// <summary>The slowest from the schedule first, whatever became of them.</summary>
    public static ImmutableArray<SlowRequest> Slowest(LoadResult result)
    {
        var slow = new PriorityQueue<Exchange, TimeSpan>(MostSlow + 1);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome != Outcome.NeverSent && (slow.Count < MostSlow || exchange.Latency > slow.Peek().Latency))
            {
                slow.Enqueue(exchange, exchange.Latency);
                if (slow.Count > MostSlow)
                {
                    slow.Dequeue();
                }
            }
        }

        return
        [
            .. slow.UnorderedItems.Select(item => item.Element).OrderByDescending(exchange => exchange.Latency).Select(exchange => new SlowRequest(
                exchange.Index, exchange.Scheduled.TotalSeconds, exchange.Sent.TotalSeconds, exchange.FirstToken?.TotalSeconds, exchange.End.TotalSeconds,
                OutcomeName.Of(exchange.Outcome), exchange.Events > 1 ? exchange.LongestGap.TotalSeconds : null)),
        ];
    }

    static double StepOf(double seconds)
    {
        var least = seconds / MostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    static int At(TimeSpan time, double step, int count) => Math.Clamp((int)(time.TotalSeconds / step), 0, count - 1);

    // The values of the good answers that ended within each step, step by step and ascending: values[starts[i]..starts[i + 1]]. NaN is left out.
    static (double[] Values, int[] Starts) ByStep(LoadResult result, double step, int count, int[] ok, Func<Exchange, double> of)
    {
        var starts = new int[count];
        for (var at = 1; at < count; at++)
        {
            starts[at] = starts[at - 1] + ok[at - 1];
        }

        var (values, ends) = (new double[starts[^1] + ok[^1]], (int[])starts.Clone());
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome == Outcome.Ok && of(exchange) is var value && !double.IsNaN(value))
            {
                values[ends[At(exchange.End, step, count)]++] = value;
            }
        }

        return Compact(values, starts, ends);
    }

    static (double[] Values, int[] Starts) Compact(double[] values, int[] starts, int[] ends)
    {
        var (compact, used) = (new int[starts.Length + 1], 0);
        for (var at = 0; at < starts.Length; at++)
        {
            var here = values.AsSpan(starts[at], ends[at] - starts[at]);
            here.Sort();
            compact[at] = used;
            here.CopyTo(values.AsSpan(used));
            used += here.Length;
        }

        compact[^1] = used;
        return (values, compact);
    }

    static double? Quantile(ReadOnlySpan<double> sorted, double p) => sorted.IsEmpty ? null : QuantileInterval.Type7(sorted, p);
}
