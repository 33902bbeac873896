using System.Text;

namespace Assay.Data.Reading;

/// <summary>Finds out from its first lines how a CSV text is written.</summary>
static class CsvDetector
{
    const int MostRecords = 100;
    const string Delimiters = ",;\t|";

    /// <param name="sample">Whole lines from the start of the text; ends with a line end.</param>
    /// <param name="options">What is known already.</param>
    /// <param name="source">What messages call it.</param>
    public static CsvLayout Detect(ReadOnlySpan<byte> sample, ReadOptions options, string source)
    {
        Check(options, source);
        var comment = options.Comment is { } given ? Encoding.UTF8.GetBytes(given) : FindComment(sample);
        var dialect = FindDelimiter(sample, options, comment);
        var records = Records(sample, dialect, MostRecords);
        if (records.Count == 0)
        {
            throw new UserErrorException($"{source}: the file is empty. Expected {(options.Header == false ? "" : "a header line and ")}rows.");
        }

        var hasHeader = options.Header ?? HeaderRule.Holds(records, MarksOf(options));
        var cursor = new CsvCursor(sample, dialect);
        _ = cursor.NextRecord();
        var names = hasHeader
            ? HeaderNames(records[0], source, cursor.Lines + 1)
            : [.. records[0].Select((_, i) => $"c{i}")];
        if (hasHeader)
        {
            SkipRecord(ref cursor);
        }

        return new CsvLayout(dialect, hasHeader, names, cursor.Position, cursor.Lines + 1, Math.Max(1, sample.Length / (double)Math.Max(1, CountLines(sample))));
    }

    public static Utf8Marks MarksOf(ReadOptions options) => new(options.MissingMarks ?? ReadOptions.CsvMarks);

    static int CountLines(ReadOnlySpan<byte> sample) => sample.Count((byte)'\n') is > 0 and var lines ? lines : sample.Count((byte)'\r');

    static void Check(ReadOptions options, string source)
    {
        if (options.Delimiter is '"' or '\r' or '\n' or > '\x7f' || (options.Delimiter is { } same && same == options.Quote))
        {
            throw new UserErrorException($"{source}: a quote, a line end or '{options.Delimiter}' cannot be the delimiter. Use one of: comma, semicolon, tab, |.");
        }
    }

    // Lines that begin with # are comments when there are several of them, or when the one has not the cells of what follows.
    static byte[] FindComment(ReadOnlySpan<byte> sample)
    {
        var lines = Lines(sample, 3);
        return lines switch
        {
            [var first, ..] when first.StartsWith("//", StringComparison.Ordinal) => "//"u8.ToArray(),
            [var first, var second, ..] when first.StartsWith('#') && (second.StartsWith('#') || !Delimiters.Any(letter => first.Contains(letter) && second.Contains(letter))) => "#"u8.ToArray(),
            _ => [],
        };
    }

    static List<string> Lines(ReadOnlySpan<byte> sample, int count)
    {
        var lines = new List<string>();
        while (!sample.IsEmpty && lines.Count < count)
        {
            var end = sample.IndexOfAny((byte)'\n', (byte)'\r');
            if (sample[..end].Trim(" \t"u8).Length > 0)
            {
                lines.Add(Encoding.UTF8.GetString(sample[..Math.Min(end, 1000)]));
            }

            sample = sample[(end + 1)..];
        }

        return lines;
    }

    // The delimiter that cuts most of the first records into as many cells as the first one; of equals, into more cells.
    static CsvDialect FindDelimiter(ReadOnlySpan<byte> sample, ReadOptions options, byte[] comment)
    {
        CsvDialect? best = null;
        var bestRank = (-1.0, -1);
        foreach (var delimiter in options.Delimiter is { } given ? [given] : Delimiters.ToCharArray())
        {
            var dialect = new CsvDialect((byte)delimiter, QuoteOf(sample, options, (byte)delimiter, comment), comment);
            var records = Records(sample, dialect, 20);
            var cells = records.Count == 0 ? 0 : records[0].Count;
            var rank = cells < 2 ? (0.0, 0) : (records.Count(record => record.Count == cells) / (double)records.Count, cells);
            if (records.Count > 1 && cells > 1 && records.Count(record => record.Count == cells) == 1)
            {
                rank = (0.0, cells);
            }

            if (rank.CompareTo(bestRank) > 0)
            {
                (best, bestRank) = (dialect, rank);
            }
        }

        return best!;
    }

    // Single quotes, when cells of the first lines stand in such and none in double ones.
    static byte QuoteOf(ReadOnlySpan<byte> sample, ReadOptions options, byte delimiter, byte[] comment)
    {
        if (options.Quote is { } given)
        {
            return (byte)given;
        }

        var cells = Records(sample, new CsvDialect(delimiter, 0, comment), 20).SelectMany(record => record).ToArray();
        var single = cells.Count(cell => cell.Length > 1 && cell[0] == '\'' && cell[^1] == '\'');
        return single > 1 && 2 * single > cells.Length && !Array.Exists(cells, cell => cell.StartsWith('"')) ? (byte)'\'' : (byte)'"';
    }

    static List<List<string>> Records(ReadOnlySpan<byte> sample, CsvDialect dialect, int count)
    {
        var records = new List<List<string>>();
        var cursor = new CsvCursor(sample, dialect);
        while (records.Count < count && cursor.NextRecord())
        {
            var cells = new List<string>();
            do
            {
                cells.Add(Encoding.UTF8.GetString(cursor.ReadCell()));
            }
            while (cursor.Fault is null && cursor.NextCell());
            records.Add(cells);
            cursor.EndLine();
        }

        return records;
    }

    static void SkipRecord(ref CsvCursor cursor)
    {
        do
        {
            _ = cursor.ReadCell();
        }
        while (cursor.NextCell());
        cursor.EndLine();
    }

    static List<string> HeaderNames(List<string> cells, string source, long line)
    {
        var names = new List<string>();
        foreach (var cell in cells)
        {
            var name = names.Count == 0 && cell.StartsWith('#') ? cell[1..].Trim() : cell;
            if (name.Length == 0)
            {
                throw new UserErrorException($"{source}:{line}: column {names.Count + 1} has no name. Name every column in the first line.");
            }

            if (names.IndexOf(name) is >= 0 and var first)
            {
                throw new UserErrorException($"{source}:{line}: columns {first + 1} and {names.Count + 1} are both named '{name}'. Rename one of them.");
            }

            names.Add(name);
        }

        return names;
    }
}
