using System.Collections.Immutable;
using Assay.Load.Sharding;

namespace Assay.Load;

/// <summary>What load to make and what to hold it against.</summary>
public sealed record LoadOptions
{
    /// <summary>When requests are made.</summary>
    public required ArrivalOptions Arrivals { get; init; }

    /// <summary>No request is made after it; null without that limit. This or <see cref="Requests"/> must be given; the one reached first ends the run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many requests to make; null without that limit.</summary>
    public int? Requests { get; init; }

    /// <summary>From sending a request to the end of its answer. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Latency targets by name: <c>latency_p99</c>. Such a target is what the run's p99 should stay under, and it bounds every request for
    /// goodput: one is good when it is ok and took no longer, from its scheduled time. Of several, the highest percentile's bounds the requests.
    /// </summary>
    public ImmutableSortedDictionary<string, TimeSpan> Slo { get; init; } = ImmutableSortedDictionary<string, TimeSpan>.Empty;

    /// <summary>Of the arrivals and of the order of the bodies.</summary>
    public ulong Seed { get; init; }

    /// <summary>The same load for so long before the run, not counted. Default none.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>An open loop's request that would be one more on its way is not sent and counts as never sent. Default 10,000.</summary>
    public int MaxInFlight { get; init; } = 10_000;

    /// <summary>The file that takes the event log, from which every number can be recomputed (docs/load-log.md); it is replaced. Null for none.</summary>
    public string? Log { get; init; }

    /// <summary>Threads that read answers. Null, the default: half of the machine's cores, at least one and at most four.</summary>
    public int? Threads { get; init; }

    /// <summary>The part of the load that this process makes, of several; null for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>All that is wrong with these options, one message each; none when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        if (Arrivals.Problem is { } problem)
        {
            yield return problem;
        }

        if (Duration is null && Requests is null)
        {
            yield return "neither duration nor requests is given; expected one of them";
        }

        if (Duration <= TimeSpan.Zero)
        {
            yield return $"the duration is {Duration}; expected more than 0";
        }

        if (Requests <= 0)
        {
            yield return $"requests is {Requests}; expected 1 or more";
        }

        if (Timeout <= TimeSpan.Zero)
        {
            yield return $"the timeout is {Timeout}; expected more than 0";
        }

        if (MaxInFlight <= 0)
        {
            yield return $"the largest number of requests in flight is {MaxInFlight}; expected 1 or more";
        }

        if (Threads <= 0)
        {
            yield return $"threads is {Threads}; expected 1 or more";
        }

        foreach (var (name, bound) in Slo)
        {
            if (ServiceLevel.Percentile(name) is null || bound <= TimeSpan.Zero)
            {
                yield return $"the service level is {name}: {bound}; expected latency_p50, latency_p99, ... and a time above 0";
            }
        }
    }
}
