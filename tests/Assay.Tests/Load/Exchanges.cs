using System.Collections.Immutable;
using Assay.Load;
using Assay.Models;

namespace Assay.Tests.Load;

/// <summary>Exchanges and results made by hand, in milliseconds.</summary>
static class Exchanges
{
    public static Exchange Ok(int scheduled, int late, int took) => new(
        Milliseconds(scheduled), Milliseconds(scheduled + late), Milliseconds(scheduled + late + took), Milliseconds(scheduled + late + took), Outcome.Ok, System.Net.HttpStatusCode.OK, null);

    public static Exchange Failed(int scheduled, Outcome outcome) =>
        new(Milliseconds(scheduled), Milliseconds(scheduled), Milliseconds(scheduled), Milliseconds(scheduled), outcome, default, "because");

    /// <summary>A streamed answer with an event for each token.</summary>
    public static Exchange Stream(double scheduled, double first, double last, int tokens) =>
        new(Milliseconds(scheduled), Milliseconds(scheduled), Milliseconds(first), Milliseconds(last), Outcome.Ok, System.Net.HttpStatusCode.OK, null)
        {
            FirstEvent = Milliseconds(first),
            FirstToken = Milliseconds(first),
            LastToken = Milliseconds(last),
            Tokens = tokens,
            Events = tokens,
            LongestGap = tokens > 1 ? Milliseconds((last - first) / (tokens - 1)) : TimeSpan.Zero,
        };

    public static LoadResult Result(IReadOnlyList<Exchange> exchanges, double windowSeconds = 2) => new()
    {
        Arrivals = new ClosedLoop(4),
        Slo = Slo(),
        Planned = exchanges.Count,
        Exchanges = exchanges,
        Started = DateTimeOffset.UnixEpoch,
        Elapsed = TimeSpan.FromSeconds(windowSeconds + 1),
        Window = TimeSpan.FromSeconds(windowSeconds),
        Cancelled = false,
    };

    public static ImmutableSortedDictionary<string, TimeSpan> Slo(params (string Name, int Milliseconds)[] targets) =>
        targets.ToImmutableSortedDictionary(target => target.Name, target => Milliseconds(target.Milliseconds));

    public static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);
}
