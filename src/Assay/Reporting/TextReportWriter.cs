using System.Text;

namespace Assay.Reporting;

/// <summary>What the terminal shows: verdict, findings and the numbers that matter most, no wider than 100 columns.</summary>
/// <param name="color">ANSI colours for verdict, weak slices and headings. They repeat what the text says.</param>
public sealed class TextReportWriter(bool color = false) : IReportWriter
{
    const int PageWidth = 100;
    const int MostFindings = 6;

    readonly Ansi _ansi = new(color);

    /// <inheritdoc/>
    public string FileName => "report.txt";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder().AppendJoin('\n', Lines(report)).Append('\n');
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    IEnumerable<string> Lines(Report report) =>
    [
        .. Verdict(report),
        .. report.Findings.Take(MostFindings).SelectMany(Finding),
        .. report.Findings.Length > MostFindings ? [_ansi.Dim($"  … {NumberText.Count(report.Findings.Length - MostFindings)} more findings in report.md")] : Array.Empty<string>(),
        .. ReportContent.Of(report).SelectMany(Part),
    ];

    IEnumerable<string> Verdict(Report report)
    {
        var mark = report.Verdict == Reporting.Verdict.Pass ? CellMark.Good : CellMark.Bad;
        var word = VerdictText.Word(report.Verdict);
        var lines = Hanging(PlainText.OneLine($"{report.Name}: {report.VerdictReason}"), word.Length + 2);
        return lines.Select((line, index) => index == 0 ? _ansi.Marked(word, mark) + line[word.Length..] : line).Append(_ansi.Dim(VerdictText.Origin(report)));
    }

    IEnumerable<string> Finding(Finding finding)
    {
        var kind = PlainText.OneLine(finding.Kind);
        var lines = Hanging(PlainText.OneLine(finding.Text), 11);
        var mark = kind switch
        {
            "strength" => CellMark.Good,
            "weakness" or "warning" => CellMark.Bad,
            _ => CellMark.None,
        };
        return lines.Select((line, index) => index == 0 ? _ansi.Marked(PlainText.Fit(kind, 10), mark) + line[Math.Min(kind.Length, 10)..] : line);
    }

    IEnumerable<string> Part(ReportPart part)
    {
        var tables = part.Tables.Select(table => TextTable.Lines(table, PageWidth - 2, _ansi).ToList()).Where(lines => lines.Count > 0).ToList();
        if (part.Facts.IsEmpty && tables.Count == 0)
        {
            return [];
        }

        var facts = string.Join(" · ", part.Facts.Select(fact => PlainText.OneLine($"{fact.Label} {fact.Value}")));
        return
        [
            "",
            _ansi.Bold(part.Title),
            .. PlainText.Wrap(facts, PageWidth - 2).Select(line => "  " + line),
            .. tables.SelectMany(lines => lines).Select(line => "  " + line),
        ];
    }

    static IEnumerable<string> Hanging(string text, int indent) => PlainText.Wrap(text, PageWidth - indent).Select(line => new string(' ', indent) + line);
}
