using System.Collections.Immutable;
using Assay.Models;

namespace Assay.Load;

/// <summary>Good answers of a run's measured window by latency, for a chart: 20 bins to a decade, so that each is 12 % wide whatever the scale.</summary>
/// <param name="Bins">Ascending and adjacent, from the fastest answer's to the slowest's; empty without answers.</param>
public sealed record LatencyDistribution(ImmutableArray<LatencyBin> Bins)
{
    const int BinsPerDecade = 20;

    // From a tick of the clock, 100 ns, below which there is nothing to tell apart, to a hundred days.
    const int FirstBin = -7 * BinsPerDecade;
    const int LastBin = 7 * BinsPerDecade;

    /// <summary>Counts the good answers of a run.</summary>
    public static LatencyDistribution Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var window = LoadWindow.Of(result);
        var counts = new int[LastBin - FirstBin + 1];
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome == Outcome.Ok && window.Contains(exchange))
            {
                var bin = Math.Floor(Math.Log10(Math.Max(1e-7, exchange.Latency.TotalSeconds)) * BinsPerDecade);
                counts[(int)Math.Clamp(bin, FirstBin, LastBin) - FirstBin]++;
            }
        }

        var first = Array.FindIndex(counts, count => count > 0);
        return new LatencyDistribution(first < 0
            ? []
            : [.. Enumerable.Range(first, Array.FindLastIndex(counts, count => count > 0) - first + 1).Select(bin => new LatencyBin(Edge(bin), Edge(bin + 1), counts[bin]))]);
    }

    static double Edge(int bin) => Math.Pow(10, (double)(bin + FirstBin) / BinsPerDecade);
}
