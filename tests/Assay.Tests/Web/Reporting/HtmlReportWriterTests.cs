using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Assay.Reporting;
using Assay.Tests.Reporting;
using Assay.Web.Reporting;

namespace Assay.Tests.Web.Reporting;

public sealed class HtmlReportWriterTests
{
    [Fact]
    public async Task Every_part_of_the_report_is_a_section_with_its_heading()
    {
        var html = await Html(SampleReports.Full);
        var sections = html.Descendants("section").ToDictionary(section => section.Attribute("id")!.Value, section => section.Element("h2")!.Value);
        Assert.Equal(["findings", .. ReportContent.Of(SampleReports.Full).Select(part => part.Name)], sections.Keys);
        Assert.Equal(["Findings", .. ReportContent.Of(SampleReports.Full).Select(part => part.Title)], sections.Values);
    }

    [Fact]
    public async Task Every_cell_and_fact_of_the_content_is_in_the_page()
    {
        var text = (await Html(SampleReports.Full)).Root!.Value;
        var content = ReportContent.Of(SampleReports.Full);
        Assert.All(content.SelectMany(part => part.Facts), fact => Assert.Contains(fact.Value, text, StringComparison.Ordinal));
        Assert.All(
            content.SelectMany(part => part.Tables).SelectMany(table => table.Rows).SelectMany(row => row.Cells),
            cell => Assert.Contains(cell.Text, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_verdict_stands_first_in_the_body()
    {
        var html = await Html(SampleReports.Full);
        Assert.EndsWith("FAIL", html.Descendants("body").Single().Descendants("p").First().Value, StringComparison.Ordinal);
        Assert.StartsWith("titanic: FAIL", html.Descendants("title").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_chart_is_drawn_and_named_for_those_who_do_not_see_it()
    {
        var charts = (await Html(SampleReports.Full)).Descendants("svg").Where(svg => svg.Attribute("role")?.Value == "img").ToList();
        Assert.Equal(
            ["loss per epoch", "accuracy per epoch", "Metrics with their intervals", "ROC curve", "Throughput against latency", "Latency from schedule", "Accuracy of the slices", "Reliability", "Metrics of the tasks"],
            charts.Select(chart => chart.Element("title")!.Value));
        Assert.All(charts, chart =>
        {
            string[] names = [chart.Element("title")!.Attribute("id")!.Value, chart.Element("desc")!.Attribute("id")!.Value];
            Assert.Equal(names, chart.Attribute("aria-labelledby")!.Value.Split(' '));
            Assert.NotEmpty(chart.Element("desc")!.Value);
        });
    }

    [Fact]
    public async Task Tables_have_a_caption_and_headers_with_a_scope_and_headings_skip_no_level()
    {
        var html = await Html(SampleReports.Full);
        Assert.All(html.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
        Assert.All(html.Descendants("th"), header => Assert.Contains(header.Attribute("scope")?.Value, (string[])["row", "col"]));
        var levels = html.Descendants().Select(element => element.Name.LocalName).Where(name => Regex.IsMatch(name, "^h[1-6]$")).ToList();
        Assert.Equal("h1", levels[0]);
        Assert.All(levels.Skip(1), level => Assert.Equal("h2", level));
        Assert.Equal("en", html.Root!.Attribute("lang")?.Value);
    }

    [Fact]
    public async Task Every_id_is_there_once_and_every_reference_leads_to_one()
    {
        var html = await Html(SampleReports.Full);
        var ids = html.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var targets = html.Descendants("a").Select(link => link.Attribute("href")!.Value.TrimStart('#'))
            .Concat(html.Descendants().Attributes("aria-labelledby").SelectMany(attribute => attribute.Value.Split(' ')));
        Assert.Empty(targets.Except(ids));
    }

    [Fact]
    public async Task Nothing_is_loaded_and_nothing_runs()
    {
        var text = await Snapshot.Text(new HtmlReportWriter(), SampleReports.Full);
        Assert.DoesNotMatch("(?i)https?://|url\\(|@import|\\ssrc=|<link|<script|<img|<iframe|<object|<embed", text);
        Assert.DoesNotMatch("(?i)<[^>]*\\son[a-z]+\\s*=", text);
    }

    [Theory]
    [InlineData("</style></title><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)\" x=\"")]
    [InlineData("' & <b> &lt;")]
    public async Task A_label_is_shown_as_it_is_and_breaks_out_of_nothing(string label)
    {
        var report = Relabelled(label);
        var html = await Html(report);
        Assert.Empty(html.Descendants("script"));
        Assert.Empty(html.Descendants("b"));
        Assert.Empty(html.Descendants().Attributes("onload"));
        Assert.Contains(html.Descendants("th"), header => header.Value == label);
        Assert.Equal(label, html.Descendants("h1").Single().Value);
        Assert.Contains(html.Descendants("figcaption"), caption => caption.Value.Contains(label, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("zh-CN")]
    public async Task The_page_is_the_same_under_every_culture(string culture) =>
        Assert.Equal(
            await Snapshot.TextUnder("en-US", new HtmlReportWriter(), SampleReports.Full),
            await Snapshot.TextUnder(culture, new HtmlReportWriter(), SampleReports.Full));

    [Fact]
    public async Task Letters_of_all_scripts_are_written_as_they_are() =>
        Assert.Contains("存活", await Snapshot.Text(new HtmlReportWriter(), SampleReports.Full), StringComparison.Ordinal);

    [Fact]
    public async Task Curves_without_a_defined_point_are_left_out_and_numbers_in_drawings_are_finite()
    {
        var report = SampleReports.Full with
        {
            Training = SampleReports.Full.Training! with { History = [new("loss", [null, double.NaN]), new("accuracy", [0.5]), new("val_accuracy", [null])] },
            Loads = [SampleReports.Full.Loads[0] with { Latency = [], Slo = [] }],
        };
        var html = await Html(report);
        var titles = html.Descendants("title").Select(title => title.Value).ToList();
        Assert.DoesNotContain("loss per epoch", titles);
        Assert.DoesNotContain("Latency from schedule", titles);
        Assert.Contains("accuracy per epoch", titles);
        Assert.DoesNotContain(html.Descendants("svg").DescendantsAndSelf().Attributes(), attribute => Regex.IsMatch(attribute.Value, "NaN|Infinity|∞"));
    }

    [Fact]
    public async Task A_report_of_nothing_is_a_page_with_its_verdict()
    {
        var report = SampleReports.Empty with { Verdict = Verdict.Pass };
        Assert.EndsWith("PASS", (await Html(report)).Descendants("p").First().Value, StringComparison.Ordinal);
    }

    static Report Relabelled(string label)
    {
        var full = SampleReports.Full;
        return full with
        {
            Name = label,
            VerdictReason = label,
            Findings = [new(label, label)],
            Evaluation = full.Evaluation! with { Classes = [label, "other"], Roc = [full.Evaluation.Roc[0] with { Class = label }] },
            Loads = [full.Loads[0] with { Name = label, Slo = [full.Loads[0].Slo[0] with { Name = label }] }],
            Slices = [full.Slices[0] with { Column = label, Value = label }],
        };
    }

    // Apart from meta, the page is XML too, which shows that every element is closed and every label encoded.
    static async Task<XDocument> Html(Report report)
    {
        var page = await Snapshot.Text(new HtmlReportWriter(), report);
        using var text = new StringReader(Regex.Replace(page, "<meta ([^<>]*[^/])>", "<meta $1/>"));
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
