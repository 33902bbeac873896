using Assay.Reporting;

namespace Assay.Tests.Reporting;

public sealed class MarkdownReportWriterTests
{
    [Fact]
    public async Task A_label_ends_no_cell_begins_no_tag_and_makes_no_link()
    {
        var report = SampleReports.Empty with { Gates = [new("a|b\n<script> [x](y) `c` *d* \\ < 1 && 2", 1, true, null)] };
        Assert.Contains(
            "\n| a\\|b \\<script> [x]\\(y) \\`c\\` \\*d\\* \\\\ < 1 \\&\\& 2 | 1.000 | yes |  |\n",
            await Snapshot.Text(new MarkdownReportWriter(), report),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cell_of_the_content_is_in_it()
    {
        var text = (await Snapshot.Text(new MarkdownReportWriter(), SampleReports.Full)).Replace("\\", "", StringComparison.Ordinal);
        var cells = ReportContent.Of(SampleReports.Full).SelectMany(part => part.Tables).SelectMany(table => table.Rows).SelectMany(row => row.Cells);
        Assert.All(cells, cell => Assert.Contains(cell.Text.ReplaceLineEndings(" ").Replace("\\", "", StringComparison.Ordinal), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        var content = ReportContent.Of(SampleReports.Full);
        Assert.All(content.SelectMany(part => part.Tables), table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Length, row.Cells.Length)));
        Assert.All((await Snapshot.Text(new MarkdownReportWriter(), SampleReports.Full)).Split('\n').Where(line => line.StartsWith('|')), line => Assert.EndsWith(" |", line, StringComparison.Ordinal));
    }
}
