using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// Times of streamed answers: to the first token from the scheduled time (<c>ttft</c>), and after it per token (<c>tpot</c>, (last - first) / (n - 1),
/// of answers of two tokens or more). None where answers are not streams.
/// </summary>
static class TokenEstimates
{
    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        var good = result.Exchanges.Where(exchange => exchange.Outcome == Outcome.Ok && exchange.FirstToken is not null).ToArray();
        if (!result.Exchanges.Any(exchange => exchange.FirstToken is not null))
        {
            yield break;
        }

        double[] first = [.. good.Select(exchange => (exchange.FirstToken!.Value - exchange.Scheduled).TotalSeconds).Order()];
        double[] each = [.. good.Where(exchange => exchange.Tokens > 1)
            .Select(exchange => (exchange.LastToken!.Value - exchange.FirstToken!.Value).TotalSeconds / (exchange.Tokens - 1)).Order()];
        foreach (var percent in (int[])[50, 90, 99])
        {
            yield return LatencyEstimates.Percentile("ttft", percent, first) with { Excluded = result.Exchanges.Count - first.Length };
        }

        foreach (var percent in (int[])[50, 90, 99])
        {
            yield return LatencyEstimates.Percentile("tpot", percent, each) with { Excluded = result.Exchanges.Count - each.Length };
        }

        yield return Rate(result, good);
    }

    static Estimate Rate(LoadResult result, Exchange[] good)
    {
        var tokens = good.Where(exchange => exchange.End <= result.Window).Sum(exchange => (long)exchange.Tokens);
        var seconds = result.Window.TotalSeconds;
        return LoadEstimates.Create("token_rate", seconds > 0 ? tokens / seconds : null, tokens, "1/s", seconds > 0 ? "one run is one observation" : "the run had no length");
    }
}
