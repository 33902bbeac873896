using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using Assay.Comparing;
using Assay.Reporting;

namespace Assay.Tests.Reporting;

public class ContinuousIntegrationTests
{
    [Fact]
    public async Task The_full_report_is_as_committed() => Snapshot.Matches("full.junit.xml", await Snapshot.Text(new JUnitReportWriter(), SampleReports.Full));

    [Fact]
    public async Task Gates_fail_and_stages_err()
    {
        var report = SampleReports.Empty with
        {
            Gates = [new("a >= 1", 0.5, false, null), new("b >= 1", 2, true, null), new("c >= 1", null, false, "not measured")],
            Stages = [new("prepare", "done", 1, "x"), new("train", "failed", 2, "no rows")],
        };
        var root = XDocument.Parse(await Snapshot.Text(new JUnitReportWriter(), report)).Root!;
        Assert.Equal(("4", "2", "1"), ((string)root.Attribute("tests")!, (string)root.Attribute("failures")!, (string)root.Attribute("errors")!));
        Assert.Equal(["the value is 0.500", "not measured"], root.Descendants("failure").Select(failure => (string)failure.Attribute("message")!));
        Assert.Equal("failed: no rows", (string)Assert.Single(root.Descendants("error")).Attribute("message")!);
    }

    [Fact]
    public async Task What_xml_cannot_carry_is_replaced()
    {
        var report = SampleReports.Empty with { Gates = [new("a\0\u001b<b>&\ud800\"😀", 1, false, null)] };
        var name = (string)XDocument.Parse(await Snapshot.Text(new JUnitReportWriter(), report)).Descendants("testcase").Single().Attribute("name")!;
        Assert.Equal("a\ufffd\ufffd<b>&\ufffd\"😀", name);
    }

    [Fact]
    public void Annotations_escape_what_would_end_them()
    {
        var report = SampleReports.Empty with { Name = "a,b:c", Gates = [new("x\r\n::error::y >= 100%", 1, false, null)] };
        var lines = GitHubAnnotations.Lines(report).ToList();
        Assert.Equal("::error title=Gate does not hold::x%0D%0A::error::y >= 100%25: the value is 1.000", lines[0]);
        Assert.StartsWith("::notice title=a%2Cb%3Ac%3A ", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void A_comparison_is_written_and_read_back()
    {
        var row = new ScoreDifference
        {
            Task = "t",
            ModelA = "a",
            ModelB = "b",
            Metric = "exact_match",
            HigherIsBetter = true,
            N = 10,
            Difference = 0.1,
            Slice = ImmutableSortedDictionary<string, string>.Empty.Add("kind", "odd"),
            Verdict = ComparisonVerdict.Better,
        };
        var run = new ComparedRun("r", null, null, DateTimeOffset.UnixEpoch, 10);
        var report = SampleReports.Empty with
        {
            Comparisons = [new() { A = run, B = run, Verdict = ComparisonVerdict.Better, Alpha = 0.05, Scores = [row with { FailuresAsWrong = row }], Flips = [new("t", "a", "b", null, "m", "1", 1, 0, "x", null, "y")] }],
            Stops = [new("t", "m", "decided", 5, 10, 0.1, "why")],
        };
        var json = JsonSerializer.Serialize(report, ReportJson.Options);
        Assert.Contains("\"schema_version\": 1", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Report>(json, ReportJson.Options), ReportJson.Options));
    }

    [Fact]
    public async Task The_summary_is_as_committed() => Snapshot.Matches("full.summary.md", await Snapshot.Text(new MarkdownSummaryWriter(), SampleReports.Full));
}
