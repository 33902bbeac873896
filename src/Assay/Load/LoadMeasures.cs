using System.Collections.Immutable;

namespace Assay.Load;

/// <summary>Reads a time off a request, in seconds; NaN where it has none.</summary>
delegate double LoadMeasure(in Exchange exchange);

/// <summary>The times of a request by the names of their metrics: docs/load.md.</summary>
static class LoadMeasures
{
    /// <summary>From the scheduled time, unless the name says otherwise: what a user waits.</summary>
    public static ImmutableArray<(string Name, LoadMeasure Of)> All { get; } =
    [
        ("latency", (in exchange) => exchange.Latency.TotalSeconds),
        ("service_time", (in exchange) => exchange.ServiceTime.TotalSeconds),
        ("ttft", (in exchange) => From(exchange.Scheduled, exchange.FirstToken)),
        ("service_ttft", (in exchange) => From(exchange.Sent, exchange.FirstToken)),
        ("tpot", (in exchange) => exchange is { FirstToken: { } first, LastToken: { } last, Tokens: > 1 and var tokens } ? (last - first).TotalSeconds / (tokens - 1) : double.NaN),
        ("ntpot", (in exchange) => exchange is { FirstToken: not null, Tokens: > 0 and var tokens } ? exchange.Latency.TotalSeconds / tokens : double.NaN),
        ("first_event", (in exchange) => From(exchange.Scheduled, exchange.FirstEvent)),
        ("first_byte", (in exchange) => exchange.Status == 0 ? double.NaN : From(exchange.Scheduled, exchange.FirstByte)),
        ("connect", (in exchange) => exchange.Connect?.TotalSeconds ?? double.NaN),
    ];

    /// <summary>Times of requests that <see cref="ServiceLevel"/> may bound, with the longest gap of a request for <c>gap</c>.</summary>
    public static LoadMeasure? Bounded(string name) => name == "gap"
        ? (in exchange) => exchange.Events > 1 ? exchange.LongestGap.TotalSeconds : double.NaN
        : All.FirstOrDefault(measure => measure.Name == name).Of;

    static double From(TimeSpan start, TimeSpan? end) => (end - start)?.TotalSeconds ?? double.NaN;
}
