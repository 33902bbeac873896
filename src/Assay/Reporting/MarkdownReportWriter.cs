using System.Globalization;
using System.Text;

namespace Assay.Reporting;

/// <summary>The whole report as GitHub-flavoured Markdown.</summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "report.md";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default) =>
        await destination.WriteAsync(Encoding.UTF8.GetBytes(Text(report)), cancellationToken).ConfigureAwait(false);

    /// <summary>Some parts alone, without a verdict.</summary>
    public static string Text(IEnumerable<ReportPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Body(parts).TrimStart('\n');
    }

    /// <summary>The chapters, each after an empty line.</summary>
    internal static string Body(IEnumerable<ReportPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            Append(text, part);
        }

        return text.ToString();
    }

    static string Text(Report report) => Head(report) + Body(ReportContent.Of(report));

    /// <summary>Verdict, origin and findings.</summary>
    internal static string Head(Report report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(report.Name)}: {VerdictText.Word(report.Verdict)}\n\n{Escape(report.VerdictReason)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Escape(VerdictText.Origin(report))}\n");
        if (!report.Findings.IsEmpty)
        {
            text.Append("\n## Findings\n\n");
            foreach (var finding in report.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- **{Escape(finding.Kind)}**: {Escape(finding.Text)}\n");
            }
        }

        return text.ToString();
    }

    static void Append(StringBuilder text, ReportPart part)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Escape(part.Title)}\n");
        if (!part.Facts.IsEmpty)
        {
            text.Append('\n');
        }

        foreach (var fact in part.Facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Escape(fact.Label)}: {Escape(fact.Value)}\n");
        }

        foreach (var table in part.Tables)
        {
            if (table.Title != part.Title)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### {Escape(table.Title)}\n");
            }

            text.Append('\n');
            AppendRow(text, table.Columns.Select(column => Escape(column.Header)));
            AppendRow(text, table.Columns.Select(column => column.IsNumber ? "--:" : "---"));
            foreach (var row in table.Rows)
            {
                AppendRow(text, row.Cells.Select(cell => Escape(cell.Text)));
            }
        }
    }

    static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // Labels and answers are data: they end no cell, begin no tag and make no link.
    static string Escape(string value)
    {
        var line = PlainText.OneLine(value);
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var isSpecial = line[i] switch
            {
                '|' or '\\' or '`' or '*' or '&' or '~' => true,
                '<' => i + 1 < line.Length && (char.IsAsciiLetter(line[i + 1]) || line[i + 1] is '/' or '!' or '?'),
                '(' => i > 0 && line[i - 1] == ']',
                _ => false,
            };
            text.Append(isSpecial ? "\\" : "").Append(line[i]);
        }

        return text.ToString();
    }
}
