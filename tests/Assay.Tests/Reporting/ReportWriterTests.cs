using Assay.Reporting;

namespace Assay.Tests.Reporting;

public sealed class ReportWriterTests
{
    public static TheoryData<string, IReportWriter> WritersAndCultures()
    {
        var data = new TheoryData<string, IReportWriter>();
        foreach (var culture in new[] { "en-US", "de-DE", "zh-CN" })
        {
            data.Add(culture, new JsonReportWriter());
            data.Add(culture, new MarkdownReportWriter());
            data.Add(culture, new TextReportWriter());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WritersAndCultures), DisableDiscoveryEnumeration = true)]
    public async Task The_full_report_is_as_committed_under_every_culture(string culture, IReportWriter writer) =>
        Snapshot.Matches(writer.FileName, await Snapshot.TextUnder(culture, writer, SampleReports.Full));

    [Fact]
    public async Task A_report_of_nothing_is_written_by_all()
    {
        foreach (var writer in new IReportWriter[] { new JsonReportWriter(), new MarkdownReportWriter(), new TextReportWriter() })
        {
            Assert.Contains("Nothing was run.", await Snapshot.Text(writer, SampleReports.Empty), StringComparison.Ordinal);
        }
    }
}
