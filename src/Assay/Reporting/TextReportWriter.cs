using System.Text;

namespace Assay.Reporting;

/// <summary>What the terminal shows: verdict, findings and the numbers that matter most, no wider than 100 columns.</summary>
/// <param name="color">ANSI colours for verdict, weak slices and headings. They repeat what the text says.</param>
public sealed class TextReportWriter(bool color = false) : IReportWriter
{
    const int PageWidth = 100;
    const int MostFindings = 6;
    const int FindingIndent = 11;

    readonly Ansi _ansi = new(color);

    /// <inheritdoc/>
    public string FileName => "report.txt";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder().AppendJoin('\n', Lines(report)).Append('\n');
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Some parts alone, without a verdict.</summary>
    /// <param name="parts">In their order.</param>
    /// <param name="elsewhere">Where the rows and columns are that have no room here.</param>
    public string Text(IEnumerable<ReportPart> parts, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new StringBuilder().AppendJoin('\n', parts.SelectMany(part => Part(part, elsewhere))).Append('\n').ToString().TrimStart('\n');
    }

    IEnumerable<string> Lines(Report report) =>
    [
        .. Verdict(report),
        .. report.Findings.Take(MostFindings).SelectMany(Finding),
        .. report.Findings.Length > MostFindings ? [_ansi.Dim($"  … {NumberText.Count(report.Findings.Length - MostFindings)} more findings in report.md")] : Array.Empty<string>(),
        .. ReportContent.Of(report).SelectMany(part => Part(part, "report.md")),
    ];

    IEnumerable<string> Verdict(Report report)
    {
        var mark = report.Verdict == Reporting.Verdict.Pass ? CellMark.Good : CellMark.Bad;
        var word = VerdictText.Word(report.Verdict);
        return Hanging(word, mark, word.Length + 2, PlainText.OneLine($"{report.Name}: {report.VerdictReason}"))
            .Concat(PlainText.Wrap(PlainText.OneLine(VerdictText.Origin(report)), PageWidth).Select(_ansi.Dim));
    }

    IEnumerable<string> Finding(Finding finding)
    {
        var mark = finding.Kind switch
        {
            "strength" => CellMark.Good,
            "weakness" or "warning" => CellMark.Bad,
            _ => CellMark.None,
        };
        return Hanging(PlainText.Fit(PlainText.OneLine(finding.Kind), FindingIndent - 1), mark, FindingIndent, PlainText.OneLine(finding.Text));
    }

    IEnumerable<string> Part(ReportPart part, string elsewhere)
    {
        var tables = part.Tables.Select(table => TextTable.Lines(table, PageWidth - 2, _ansi, elsewhere).ToList()).Where(lines => lines.Count > 0).ToList();
        if (part.Facts.IsEmpty && tables.Count == 0)
        {
            return [];
        }

        // The no-break space keeps the dot at the end of its line.
        var facts = string.Join("\u00A0· ", part.Facts.Select(fact => PlainText.OneLine($"{fact.Label} {fact.Value}")));
        return
        [
            "",
            _ansi.Bold(part.Title),
            .. PlainText.Wrap(facts, PageWidth - 2).Select(line => "  " + line.Replace('\u00A0', ' ')),
            .. tables.SelectMany(lines => lines).Select(line => "  " + line),
        ];
    }

    IEnumerable<string> Hanging(string lead, CellMark mark, int indent, string text) => PlainText.Wrap(text, PageWidth - indent).Select((line, index) =>
        (index == 0 ? _ansi.Marked(lead, mark) + new string(' ', indent - PlainText.Width(lead)) : new string(' ', indent)) + line);
}
