using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// Times between events with text, of all good answers together, and stalls. The gaps of one answer share its batch and its connection, so an answer
/// counts as one observation for the interval, whatever its number of gaps.
/// </summary>
static class GapEstimates
{
    /// <summary>A gap over so many times the median is a stall.</summary>
    public const int StallFactor = 5;

    // Events that come in one read have no time between them to compare with.
    static readonly TimeSpan _shortest = TimeSpan.FromMicroseconds(100);

    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        if (result.Gaps.Count == 0)
        {
            yield break;
        }

        var window = LoadWindow.Of(result);
        var (longest, mean) = Answers(result, window);
        var time = AutocorrelationTime.OfExceedance(mean, QuantileInterval.Type7([.. mean.Order()], 0.5));
        foreach (var percent in LatencyEstimates.Percents("gap", result))
        {
            yield return Percentile(result, percent, longest.Length, time);
        }

        yield return Stalls(result.Gaps, longest, time);
    }

    static (double[] Longest, double[] Mean) Answers(LoadResult result, LoadWindow window)
    {
        var (longest, mean) = (new List<double>(), new List<double>());
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange is { Outcome: Outcome.Ok, Events: > 1, FirstToken: { } first, LastToken: { } last } && window.Contains(exchange))
            {
                longest.Add(exchange.LongestGap.TotalSeconds);
                mean.Add((last - first).TotalSeconds / (exchange.Events - 1));
            }
        }

        return ([.. longest], [.. mean]);
    }

    static Estimate Percentile(LoadResult result, double percent, int answers, double time)
    {
        var gaps = result.Gaps;
        var estimate = LoadEstimates.Create(LatencyEstimates.NameOf("gap", percent), null, gaps.Count, "s");
        var (from, to, missing) = QuantileInterval.Shares(percent / 100, answers / time, 0.95);
        if (missing > 0)
        {
            return estimate with { Reason = $"needs {Math.Max(1, (int)Math.Ceiling((missing + Math.Floor(answers / time)) * time) - answers)} more answers" };
        }

        // What the histogram and the client may be off by is in the interval.
        var bound = LatencyEstimates.BoundOf(result, "gap");
        var low = gaps.AtRank(Math.Min(gaps.Count, 1 + (long)Math.Floor(from * gaps.Count))).TotalSeconds;
        var high = gaps.AtRank(Math.Clamp((long)Math.Ceiling(to * gaps.Count), 1, gaps.Count)).TotalSeconds;
        return (estimate with { Value = gaps.Quantile(percent / 100)!.Value.TotalSeconds, Reason = LatencyEstimates.Explain(time, answers, bound) })
            .With(new Interval(
                Math.Max(0, (low * (1 - DurationHistogram.RelativeError)) - bound), (high * (1 + DurationHistogram.RelativeError)) + bound, "order-statistics"));
    }

    static Estimate Stalls(DurationHistogram gaps, double[] longest, double time)
    {
        var median = gaps.Quantile(0.5)!.Value;
        if (median < _shortest || longest.Length == 0)
        {
            return LoadEstimates.Create("stall_rate", null, longest.Length, null, "most events come together: there is no usual gap to hold a stall against");
        }

        var limit = StallFactor * median.TotalSeconds;
        var share = (double)longest.Count(gap => gap > limit) / longest.Length;
        return LoadEstimates.Create("stall_rate", share, longest.Length, null, $"answers with a gap over {StallFactor} times the median one; {gaps.CountAbove(median * StallFactor)} of {gaps.Count} gaps are")
            .With(Wilson.OfProportion(share, longest.Length / time, 0.95, "wilson"));
    }
}
