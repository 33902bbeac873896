using System.Collections.Immutable;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Web.Reporting.Charts;

/// <summary>A load profile of a sweep: what it brought and how long that took.</summary>
/// <param name="Name">Of the profile.</param>
/// <param name="Rate">Good answers per second.</param>
/// <param name="Latency">Its percentile of the latency from the schedule.</param>
public sealed record SweepPoint(string Name, Estimate Rate, Estimate Latency)
{
    static readonly string[] _percentiles = ["latency/p99", "latency/p95", "latency/p90", "latency/p50"];

    /// <summary>By rising rate, of the highest percentile that all whole profiles have; empty where fewer than two do.</summary>
    internal static ImmutableArray<SweepPoint> Of(Report report)
    {
        var loads = report.Loads.Where(load => !load.Cancelled && Find(report, load, "request_rate") is not null).ToList();
        var percentile = _percentiles.FirstOrDefault(metric => loads.TrueForAll(load => Find(report, load, metric) is not null));
        return loads.Count < 2 || percentile is null
            ? []
            : [.. loads.Select(load => new SweepPoint(load.Name, Find(report, load, "request_rate")!, Find(report, load, percentile)!)).OrderBy(point => point.Rate.Value)];
    }

    static Estimate? Find(Report report, LoadSection load, string metric) => report.Estimates.FirstOrDefault(estimate =>
        estimate.Stage == "load" && estimate.Metric == metric && estimate.Value is { } value && double.IsFinite(value)
        && (estimate.Slice is null ? report.Loads.Length == 1 : estimate.Slice.Values.Contains(load.Name)));
}
