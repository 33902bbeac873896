using System.Collections.Immutable;
using Assay.Load.Sharding;

namespace Assay.Load;

/// <summary>What load to make and what to hold it against.</summary>
public sealed record LoadOptions
{
    /// <summary>When requests are made.</summary>
    public required ArrivalOptions Arrivals { get; init; }

    /// <summary>No request is made after it; null without that limit. This or <see cref="Requests"/> must be given, unless the arrivals end of themselves (steps, a trace); the one reached first ends the run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many requests to make; null without that limit.</summary>
    public int? Requests { get; init; }

    /// <summary>From sending a request to the end of its answer. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Targets of times by name: <c>latency_p99</c>, <c>ttft_p95</c>, <c>tpot_p50</c>, ... Such a target is what the run's percentile should stay under, and
    /// it bounds every request for goodput: one is good when it is ok and keeps all of them. Of several for one metric, the highest percentile's bounds
    /// the requests; of <c>gap</c> it is the longest gap of the request.
    /// </summary>
    public ImmutableSortedDictionary<string, TimeSpan> Slo { get; init; } = ImmutableSortedDictionary<string, TimeSpan>.Empty;

    /// <summary>Of the arrivals and of the order of the bodies.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// So long at the beginning the load is made and recorded, but in no time, rate or share. Comes on top of <see cref="Duration"/>, but not of
    /// <see cref="Requests"/>. Default none.
    /// </summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>The same at the end, so that answers are measured only while the load goes on. Default none.</summary>
    public TimeSpan Cooldown { get; init; }

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

        if (Duration is null && Requests is null && Arrivals.Length is null)
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

        if (Warmup < TimeSpan.Zero || Cooldown < TimeSpan.Zero)
        {
            yield return $"the warm-up is {Warmup} and the cool-down {Cooldown}; expected 0 or more";
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
            if (ServiceLevel.Parse(name) is null || bound <= TimeSpan.Zero)
            {
                yield return $"the service level is {name}: {bound}; expected {ServiceLevel.Expected} and a time above 0";
            }
        }
    }
}
