using System.Collections.Immutable;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Tests.Web.Reporting;

/// <summary>A sweep of five load profiles against a service that is full at about 100 answers per second.</summary>
static class LoadReports
{
    public static Report Sweep { get; } = Tests.Reporting.SampleReports.Empty with
    {
        Verdict = Verdict.Fail,
        Name = "sweep",
        Loads = [.. new[] { 1, 4, 16, 64, 256 }.Select(Section)],
        Estimates =
        [
            .. new[] { (1, 18.2, 0.061), (4, 62.5, 0.082), (16, 96.1, 0.19), (64, 101.3, 0.71), (256, 100.2, 2.9) }.SelectMany(load => new[]
            {
                Of(load.Item1, "request_rate", load.Item2, load.Item2 * 0.96, load.Item2 * 1.04, "1/s"), Of(load.Item1, "latency/p99", load.Item3, load.Item3 * 0.9, load.Item3 * 1.3, "s"),
            }),
        ],
    };

    static Estimate Of(int clients, string metric, double value, double low, double high, string unit) => new()
    {
        Metric = metric,
        Definition = metric,
        Value = value,
        Low = low,
        High = high,
        N = 1000,
        Method = "order-statistics",
        Stage = "load",
        Unit = unit,
        Slice = new Dictionary<string, string> { ["profile"] = Name(clients) },
    };

    static LoadSection Section(int clients) => new(
        Name(clients), Name(clients), 1000, 1000, clients == 256 ? 940 : 1000, clients == 256 ? ImmutableSortedDictionary<string, long>.Empty.Add("timeout", 60) : ImmutableSortedDictionary<string, long>.Empty,
        20, false, [new("latency_p99", 0.5, 0.01 * clients, clients < 50)], [.. Enumerable.Range(0, 50).Select(i => new CurvePoint(0.04 + (0.0002 * clients * i), i / 49.0))])
    {
        Validity = clients == 256 ? "INVALID: the client's processor was busy 97 % of the time" : "VALID",
        Timeline = [.. Enumerable.Range(0, 40).Select(i => Moment(clients, i))],
        Slowest = clients < 64 ? [] : [.. Enumerable.Range(0, 30).Select(i => Slow(clients, i))],
    };

    static LoadMoment Moment(int clients, int i) => i == 20
        ? new(i * 0.5, 0, 0, 0, clients, null, null, null)
        : new(i * 0.5, 25, 25, clients == 256 && i > 30 ? i - 30 : 0, clients, 0.04 + (0.0004 * clients) + (0.001 * i), 0.06 + (0.004 * clients * (1 + (i / 40.0))), 0.02 + (0.0002 * clients));

    static SlowRequest Slow(int clients, int i) => new(
        i * 31, i * 0.6, (i * 0.6) + (0.05 * (i % 4)), clients == 256 && i == 3 ? null : (i * 0.6) + 0.4, (i * 0.6) + 2.9 - (0.05 * i), clients == 256 && i == 3 ? "timeout" : "ok", 0.2);

    static string Name(int clients) => FormattableString.Invariant($"closed loop {clients}");
}
