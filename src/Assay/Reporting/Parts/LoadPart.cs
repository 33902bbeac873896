using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Reporting.Parts;

// Profiles are columns: three with their intervals fit a terminal, and a reader compares along a row.
static class LoadPart
{
    const int ProfilesPerTable = 3;

    public static ReportPart? Of(Report report)
    {
        if (report.Loads.IsEmpty)
        {
            return null;
        }

        var tables = report.Loads.Chunk(ProfilesPerTable).Select(loads => Measures(report, loads)).Append(Targets(report)).Append(Audits(report)).Append(Failures(report));
        return new("load", "Load", [], [.. tables.Where(table => !table.Rows.IsEmpty)]);
    }

    static ReportTable Measures(Report report, LoadSection[] loads)
    {
        var estimates = loads.Select(load => Of(report, load)).ToList();
        var metrics = estimates.SelectMany(list => list.Select(estimate => estimate.Metric)).Distinct();
        return new(
            "Profiles",
            [new("profile"), .. loads.Select(load => new ReportColumn(load.Name, IsNumber: true))],
            [
                new(["validity", .. loads.Select(Validity)], IsBrief: loads.Any(load => load.Validity is not null)),
                new(["arrivals", .. loads.Select(load => (ReportCell)load.Arrivals)], IsBrief: loads.Any(load => load.Arrivals != load.Name)),
                new(["planned", .. loads.Select(load => (ReportCell)NumberText.Count(load.Planned))], IsBrief: false),
                new(["sent", .. loads.Select(Sent)]),
                new(["ok", .. loads.Select(load => (ReportCell)NumberText.Count(load.Ok))]),
                new(["failed", .. loads.Select(Failed)]),
                new(["duration", .. loads.Select(load => (ReportCell)NumberText.Seconds(load.Seconds))], IsBrief: false),
                new(["measured", .. loads.Select(load => (ReportCell)Window(load))], IsBrief: loads.Any(load => load.MeasuredTo > 0 && (load.MeasuredFrom > 0 || load.MeasuredTo < load.Seconds * 0.99))),
                .. metrics.Select(metric => new ReportRow([metric, .. estimates.Select(list => Cell(list, metric))], IsBrief(metric, estimates))),
            ]);
    }

    /// <summary>The figures of one profile: a slice names it; without one they are of the only profile.</summary>
    internal static ImmutableArray<Estimate> Of(Report report, LoadSection load) =>
    [
        .. report.Estimates.Where(estimate => estimate.Stage == "load"
            && (estimate.Slice is null ? report.Loads.Length == 1 : estimate.Slice.Values.Contains(load.Name))),
    ];

    // What the server used is of interest where it is known.
    static bool IsBrief(string metric, List<ImmutableArray<Estimate>> estimates) =>
        metric is "ttft/p50" or "ttft/p99" or "tpot/p50" or "gap/p50" or "gap/p99" or "stall_rate" or "fairness" or "token_rate" or "request_rate" or "goodput"
            or "latency/p50" or "latency/p90" or "latency/p99"
        || (metric is "cpu_seconds/per_1000" or "memory/peak" && estimates.Exists(list => list.Any(estimate => estimate.Metric == metric && NumberText.IsDefined(estimate.Value))));

    // The reasons of an invalid run stand with the findings.
    static ReportCell Validity(LoadSection load) => load.Validity switch
    {
        null => "-",
        "VALID" => new ReportCell("VALID", CellMark.Good),
        _ => new ReportCell("INVALID", CellMark.Bad),
    };

    static string Window(LoadSection load) =>
        load.MeasuredTo <= 0 ? "-" : $"{NumberText.Seconds(load.MeasuredFrom)} to {NumberText.Seconds(load.MeasuredTo)}";

    static ReportCell Sent(LoadSection load) =>
        load.Cancelled ? new ReportCell($"{NumberText.Count(load.Sent)} (cancelled)", CellMark.Bad) : NumberText.Count(load.Sent);

    static ReportCell Failed(LoadSection load)
    {
        var failed = load.Sent - load.Ok;
        return new(NumberText.Count(failed), failed == 0 ? CellMark.None : CellMark.Bad);
    }

    static ReportCell Cell(ImmutableArray<Estimate> estimates, string metric) =>
        estimates.FirstOrDefault(estimate => estimate.Metric == metric) is { } found ? NumberText.Of(found) : "-";

    static ReportTable Targets(Report report) => new(
        "Latency targets",
        [new("profile"), new("target"), new("at most", IsNumber: true), new("measured", IsNumber: true), new("holds")],
        [.. report.Loads.SelectMany(load => load.Slo.Select(slo => new ReportRow(
            [load.Name, slo.Name, NumberText.Seconds(slo.Target), NumberText.IsDefined(slo.Measured) ? NumberText.Seconds(slo.Measured) : "- (sample too small)", GatesPart.Holds(slo.Holds)],
            IsBrief: !slo.Holds)))]);

    static ReportTable Audits(Report report) => new(
        "Checks of the load",
        [new("profile"), new("check"), new("holds"), new("figures")],
        [.. report.Loads.SelectMany(load => load.Audits.Select(audit => new ReportRow(
            [load.Name, audit.Name, audit.Holds is { } holds ? GatesPart.Holds(holds) : "-", audit.Figures],
            IsBrief: audit.Holds == false)))]);

    static ReportTable Failures(Report report) => new(
        "Failures",
        [new("profile"), new("outcome"), new("requests", IsNumber: true)],
        [.. report.Loads.SelectMany(load => load.Failures.Select(failure => new ReportRow(
            [load.Name, failure.Key, NumberText.Count(failure.Value)],
            IsBrief: false)))]);
}
