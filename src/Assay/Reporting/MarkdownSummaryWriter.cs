using System.Collections.Immutable;
using System.Text;

namespace Assay.Reporting;

/// <summary>A page for the summary of a CI job: verdict, findings, gates, tasks, comparison; what is brief of them.</summary>
public sealed class MarkdownSummaryWriter : IReportWriter
{
    static readonly string[] _parts = ["gates", "tasks", "evaluation", "load", "stop", "compare", "comparison"];

    /// <inheritdoc/>
    public string FileName => "summary.md";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = MarkdownReportWriter.Head(report) + MarkdownReportWriter.Body(ReportContent.Of(report).Where(part => _parts.Contains(part.Name)).Select(Brief));
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
    }

    static ReportPart Brief(ReportPart part) => part with
    {
        Tables = [.. part.Tables.Select(Brief).Where(table => !table.Rows.IsEmpty)],
    };

    static ReportTable Brief(ReportTable table)
    {
        int[] columns = [.. Enumerable.Range(0, table.Columns.Length).Where(index => table.Columns[index].IsBrief)];
        return table with
        {
            Columns = [.. columns.Select(index => table.Columns[index])],
            Rows = [.. table.Rows.Where(row => row.IsBrief).Select(row => row with { Cells = Of(row.Cells) })],
        };

        ImmutableArray<ReportCell> Of(ImmutableArray<ReportCell> cells)
        {
            return [.. columns.Select(index => cells[index])];
        }
    }
}
