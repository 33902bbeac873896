namespace Assay.Reporting;

/// <summary>A table on a terminal: its brief columns and rows, aligned by display width.</summary>
static class TextTable
{
    const int Gap = 2;
    const int NarrowestText = 12;

    /// <summary>Head line, rows, and how many were left out after the last one; nothing when no row is brief.</summary>
    public static IEnumerable<string> Lines(ReportTable table, int width, Ansi ansi, string elsewhere = "report.md")
    {
        var columns = Enumerable.Range(0, table.Columns.Length).Where(index => table.Columns[index].IsBrief).ToList();
        var rows = table.Rows.Where(row => row.IsBrief).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        var cells = rows.Select(row => columns.Select(index => row.Cells[index] with { Text = PlainText.OneLine(row.Cells[index].Text) }).ToArray()).ToList();
        var heads = columns.Select(index => PlainText.OneLine(table.Columns[index].Header)).ToArray();
        var widths = columns.Select((_, place) => cells.Select(row => PlainText.Width(row[place].Text)).Append(PlainText.Width(heads[place])).Max()).ToList();
        var isNumber = columns.Select(index => table.Columns[index].IsNumber).ToList();
        Narrow(widths, isNumber, width);

        yield return ansi.Dim(string.Join("  ", widths.Select((room, place) => Pad(heads[place], room, isNumber[place], text => text))).TrimEnd());
        foreach (var row in cells)
        {
            var line = widths.Select((room, place) => Pad(row[place].Text, room, isNumber[place], text => ansi.Marked(text, row[place].Mark)));
            yield return string.Join("  ", line).TrimEnd();
        }

        var left = table.Rows.Reverse().TakeWhile(row => !row.IsBrief).Count();
        if (left > 0 || widths.Count < columns.Count)
        {
            yield return ansi.Dim(Omitted(left, columns.Count - widths.Count) + elsewhere);
        }
    }

    static string Omitted(int rows, int columns) => (rows, columns) switch
    {
        (_, 0) => $"… {NumberText.Count(rows)} more in ",
        (0, _) => $"… {NumberText.Count(columns)} more columns in ",
        _ => $"… {NumberText.Count(rows)} more rows and {NumberText.Count(columns)} columns in ",
    };

    // The widest text gives way first, down to a dozen columns; then the last columns go.
    static void Narrow(List<int> widths, List<bool> isNumber, int width)
    {
        for (var over = Over(widths, width); over > 0; over = Over(widths, width))
        {
            var widest = Enumerable.Range(0, widths.Count).Where(place => !isNumber[place]).MaxBy(place => widths[place]);
            if (widths[widest] > NarrowestText)
            {
                widths[widest] = Math.Max(NarrowestText, widths[widest] - over);
            }
            else if (widths.Count > 1)
            {
                widths.RemoveAt(widths.Count - 1);
            }
            else
            {
                return;
            }
        }
    }

    static int Over(List<int> widths, int width) => widths.Sum() + (Gap * (widths.Count - 1)) - width;

    static string Pad(string text, int width, bool right, Func<string, string> paint)
    {
        var fitted = PlainText.Fit(text, width);
        var padding = new string(' ', Math.Max(0, width - PlainText.Width(fitted)));
        return right ? padding + paint(fitted) : paint(fitted) + padding;
    }
}
