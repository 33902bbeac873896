using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>What is counted in one pass over a run's measured window, in all and by twentieths of it.</summary>
sealed class RateTotals
{
    public int Due, Sent, Failed, Good, GoodEnded;
    public long Ended, Tokens, GoodTokens, InputTokens, CachedTokens, CacheInput;
    public bool HasTokens;
    public bool IsCounted = true;

    public double[] EndedSlices { get; } = new double[LatencyEstimates.Batches];

    public double[] TokenSlices { get; } = new double[LatencyEstimates.Batches];

    public double[] GoodTokenSlices { get; } = new double[LatencyEstimates.Batches];

    public double[] InputSlices { get; } = new double[LatencyEstimates.Batches];

    /// <summary>How many neighbours are worth one independent request, in being good; and in failing.</summary>
    public double GoodTime { get; private set; } = 1;

    public double FailedTime { get; private set; } = 1;

    public static RateTotals Of(LoadResult result)
    {
        var totals = new RateTotals();
        var (window, bounds) = (LoadWindow.Of(result), ServiceLevel.Bounds(result.Slo));
        var (good, failed) = (new double[result.Exchanges.Count], new double[result.Exchanges.Count]);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            var isGood = exchange.Outcome == Outcome.Ok && ServiceLevel.Keeps(exchange, bounds);
            if (window.HasGoodEnd(exchange))
            {
                totals.AddEnd(exchange, isGood, window);
            }

            if (window.Contains(exchange))
            {
                good[totals.Due++] = isGood ? 1 : 0;
                totals.Good += isGood ? 1 : 0;
                if (exchange.Outcome != Outcome.NeverSent)
                {
                    failed[totals.Sent++] = exchange.Outcome == Outcome.Ok ? 0 : 1;
                    totals.Failed += exchange.Outcome == Outcome.Ok ? 0 : 1;
                }
            }
        }

        totals.GoodTime = AutocorrelationTime.Of(good.AsSpan(0, totals.Due));
        totals.FailedTime = AutocorrelationTime.Of(failed.AsSpan(0, totals.Sent));
        return totals;
    }

    void AddEnd(in Exchange exchange, bool isGood, LoadWindow window)
    {
        var slice = Math.Min((int)((exchange.End - window.From).TotalSeconds / window.Seconds * EndedSlices.Length), EndedSlices.Length - 1);
        Ended++;
        EndedSlices[slice]++;
        GoodEnded += isGood ? 1 : 0;
        if (exchange.FirstToken is not null || exchange.Tokens > 0)
        {
            HasTokens = true;
            IsCounted &= exchange.IsTokenCountReported;
            Tokens += exchange.Tokens;
            TokenSlices[slice] += exchange.Tokens;
            GoodTokens += isGood ? exchange.Tokens : 0;
            GoodTokenSlices[slice] += isGood ? exchange.Tokens : 0;
        }

        if (exchange.InputTokens is { } input)
        {
            InputTokens += input;
            InputSlices[slice] += input;
            CachedTokens += exchange.CachedTokens ?? 0;
            CacheInput += exchange.CachedTokens is null ? 0 : input;
        }
    }
}
