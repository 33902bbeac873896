using System.Text.RegularExpressions;
using Assay.Reporting;
using Assay.Tests.Reporting;
using Assay.Web.Reporting;
using Assay.Web.Reporting.Charts;

namespace Assay.Tests.Web.Reporting;

public sealed class LoadChartsTests
{
    [Fact]
    public async Task A_sweep_shows_throughput_against_latency_each_run_over_time_and_its_slowest_requests()
    {
        var titles = Titles(await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep));
        Assert.Equal(
            [
                "Throughput against latency", "Latency from schedule", "Latency over time: closed loop 1", "Latency over time: closed loop 4", "Latency over time: closed loop 16",
                "Latency over time: closed loop 64", "Latency over time: closed loop 256", "Slowest requests: closed loop 64", "Slowest requests: closed loop 256",
            ],
            titles);
    }

    [Fact]
    public async Task The_knee_is_marked_and_its_rule_is_told()
    {
        var html = await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep);
        Assert.Contains("Knee (ring): closed loop 16.", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "class=\"knee\""));
    }

    [Fact]
    public async Task Whether_the_client_was_the_limit_stands_before_the_figures()
    {
        var html = await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep);
        var load = html.IndexOf("<section id=\"load\"", StringComparison.Ordinal);
        var verdict = html.IndexOf("INVALID", load, StringComparison.Ordinal);
        Assert.InRange(verdict, load, html.IndexOf("<svg", load, StringComparison.Ordinal));
        Assert.Contains("closed loop 256: the client&#x27;s processor was busy 97 % of the time", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_requests_are_bars_with_their_count_and_a_step_without_answers_is_a_gap()
    {
        var html = await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep);
        Assert.Contains("Bars: requests that failed, at most 9 in 500 ms, 45 in all.", html, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(html, "class=\"failed\""));
        var chart = html[html.IndexOf("Latency over time: closed loop 1<", StringComparison.Ordinal)..];
        Assert.Equal(6, Regex.Count(chart[..chart.IndexOf("</svg>", StringComparison.Ordinal)], "<polyline"));
    }

    [Fact]
    public async Task A_load_of_nothing_has_no_chart_and_no_number_that_is_none()
    {
        var load = LoadReports.Sweep.Loads[0] with { Latency = [], Timeline = [new(0, 1, 0, 1, 0, null, null, null)], Slowest = [], Validity = null };
        Assert.Empty(Titles(await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep with { Loads = [load], Estimates = [] })));
        var instant = load with { Timeline = [new(0, 1, 1, 0, 0, 0, 0, null)], Slowest = [new(0, 0, 0, null, 0, "ok", null)] };
        var html = await Snapshot.Text(new HtmlReportWriter(), LoadReports.Sweep with { Loads = [instant], Estimates = [] });
        Assert.DoesNotMatch("\"[^\"]*(NaN|Infinity|∞)[^\"]*\"", html);
    }

    // The second row bends sharply at its third point: lead 0.75 - 0.05; the third is straight.
    [Theory]
    [InlineData(new[] { 1, 2.0, 3, 3.5 }, new[] { 1, 1.1, 1.2, 9 }, 2)]
    [InlineData(new[] { 0, 0.4, 0.75, 1 }, new[] { 0, 0.01, 0.05, 1 }, 2)]
    [InlineData(new[] { 1, 2.0, 3, 4 }, new[] { 1, 2.0, 3, 4 }, null)]
    [InlineData(new[] { 1, 2.0, 3, 4 }, new[] { 4, 3.0, 2, 1 }, null)]
    [InlineData(new[] { 1, 2.0, 3 }, new[] { 1, 1.0, 9 }, null)]
    [InlineData(new[] { 2, 2.0, 2, 2 }, new[] { 1, 2.0, 3, 4 }, null)]
    public void The_knee_is_where_throughput_leads_latency_most(double[] rates, double[] latencies, int? knee) =>
        Assert.Equal(knee, Knee.Of([.. rates.Zip(latencies, (rate, latency) => new CurvePoint(rate, latency))]));

    static IEnumerable<string> Titles(string html) => Regex.Matches(html, "<svg [^>]*role=\"img\"[^>]*>\\s*<title[^>]*>([^<]*)</title>").Select(match => match.Groups[1].Value);
}
