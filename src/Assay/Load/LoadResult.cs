using System.Collections.Immutable;
using Assay.Load.Validity;
using Assay.Models;

namespace Assay.Load;

/// <summary>What came of a load run.</summary>
public sealed record LoadResult
{
    /// <summary>How the requests were made.</summary>
    public required ArrivalOptions Arrivals { get; init; }

    /// <summary>As in the options.</summary>
    public required ImmutableSortedDictionary<string, TimeSpan> Slo { get; init; }

    /// <summary>Requests of the schedule, or asked of a closed loop. Those that a cancelled run did not come to are in no other number.</summary>
    public required int Planned { get; init; }

    /// <summary>Every request that came to its time, by that time. Of the generator a packed table: read it once, in order, rather than often.</summary>
    public required IReadOnlyList<Exchange> Exchanges { get; init; }

    /// <summary>The times between events with text in a row, of all good answers.</summary>
    public DurationHistogram Gaps { get; init; } = new();

    /// <summary>Whether the client, not the server, was the limit; null when it was not measured.</summary>
    public ClientHealth? Health { get; init; }

    /// <summary>As in the options: requests scheduled in it are in no time, rate or share.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>The same at the end of the <see cref="Window"/>.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>When the run started, with its warm-up.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>From the start to the last answer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long the load was made, with warm-up and cool-down: the whole duration, or to the last good answer of a run ended by its number of requests, or to the cancellation.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>The run was ended before its time.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>Null when the server's process is not known.</summary>
    public ResourceUsage? Usage { get; init; }

    /// <summary>Requests sent.</summary>
    public int Sent => Exchanges.Count - Count(Outcome.NeverSent);

    /// <summary>Good answers.</summary>
    public int Ok => Count(Outcome.Ok);

    /// <summary>Sent, without a good answer.</summary>
    public int Failed => Sent - Ok;

    /// <summary>Requests by how they ended.</summary>
    public ImmutableSortedDictionary<Outcome, int> Outcomes => Exchanges.CountBy(exchange => exchange.Outcome).ToImmutableSortedDictionary();

    /// <summary>Requests by why they are not ok.</summary>
    public ImmutableSortedDictionary<string, int> Reasons => Exchanges.Where(exchange => exchange.Reason is not null)
        .CountBy(exchange => exchange.Reason!).ToImmutableSortedDictionary(StringComparer.Ordinal);

    int Count(Outcome outcome) => Exchanges.Count(exchange => exchange.Outcome == outcome);
}
