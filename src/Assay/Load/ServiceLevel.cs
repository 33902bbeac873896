using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Load;

/// <summary>Targets of latency: how they are named, and which requests keep all of them.</summary>
static class ServiceLevel
{
    public static readonly string Expected = $"METRIC_pNN, such as latency_p99, ttft_p99.9 or tpot_p50 (metrics: {string.Join(", ", Names)})";

    static IEnumerable<string> Names => LoadMeasures.All.Select(measure => measure.Name).Append("gap");

    /// <summary>ttft and 99.9 for <c>ttft_p99.9</c>; null for another name.</summary>
    public static (string Metric, double Percent)? Parse(string name) =>
        name.LastIndexOf("_p", StringComparison.Ordinal) is > 0 and var at
        && double.TryParse(name.AsSpan(at + 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is > 0 and < 100
        && LoadMeasures.Bounded(name[..at]) is not null
            ? (name[..at], percent)
            : null;

    /// <summary>Of each metric the longest time of a good request: a p50 target says itself that half may be slower, so the highest percentile rules.</summary>
    public static ImmutableArray<(LoadMeasure Of, double Seconds)> Bounds(IReadOnlyDictionary<string, TimeSpan> slo) =>
    [
        .. slo.Select(target => (Parse(target.Key)!.Value.Metric, Parse(target.Key)!.Value.Percent, target.Value))
            .GroupBy(target => target.Metric)
            .Select(targets => (LoadMeasures.Bounded(targets.Key)!, targets.MaxBy(target => target.Percent).Value.TotalSeconds)),
    ];

    /// <summary>Whether a request that is ok keeps all targets. A time that it cannot have, such as that between its tokens when it has but one, is kept.</summary>
    public static bool Keeps(in Exchange exchange, ImmutableArray<(LoadMeasure Of, double Seconds)> bounds)
    {
        foreach (var (of, seconds) in bounds)
        {
            if (of(exchange) > seconds)
            {
                return false;
            }
        }

        return true;
    }
}
