using System.Collections.Immutable;
using Assay.Models;

namespace Assay.Load;

/// <summary>Good answers of a run by latency, for a chart: 20 bins to a decade, so that each is 12 % wide whatever the scale.</summary>
/// <param name="Bins">Ascending and adjacent, from the fastest answer's to the slowest's; empty without answers.</param>
public sealed record LatencyDistribution(ImmutableArray<LatencyBin> Bins)
{
    const int BinsPerDecade = 20;

    // Below a tick of the clock, 100 ns, there is nothing to tell apart.
    const double Least = 1e-7;

    /// <summary>Counts the good answers of a run.</summary>
    public static LatencyDistribution Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var counts = result.Exchanges.Where(exchange => exchange.Outcome == Outcome.Ok)
            .CountBy(exchange => (int)Math.Floor(Math.Log10(Math.Max(Least, exchange.Latency.TotalSeconds)) * BinsPerDecade))
            .ToDictionary();
        if (counts.Count == 0)
        {
            return new LatencyDistribution([]);
        }

        var first = counts.Keys.Min();
        return new LatencyDistribution([.. Enumerable.Range(first, counts.Keys.Max() - first + 1)
            .Select(bin => new LatencyBin(Edge(bin), Edge(bin + 1), counts.GetValueOrDefault(bin)))]);
    }

    static double Edge(int bin) => Math.Pow(10, (double)bin / BinsPerDecade);
}
