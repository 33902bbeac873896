using System.Text;

namespace Assay.Data.Reading;

/// <summary>Whether a first record names the columns.</summary>
static class HeaderRule
{
    /// <summary>
    /// No, when one of its cells is a number, a date or a truth value. Yes, when a column of numbers, dates or truth values follows below
    /// a text. Where all is text: yes, unless one of its cells comes again in its column.
    /// </summary>
    public static bool Holds(List<List<string>> records, Utf8Marks missing)
    {
        var header = records[0];
        if (header.Exists(cell => IsTyped(cell, missing)))
        {
            return false;
        }

        var rows = records.Skip(1).Where(record => record.Count == header.Count).ToArray();
        for (var column = 0; column < header.Count; column++)
        {
            var cells = rows.Select(row => row[column]).Where(cell => !missing.Contains(Encoding.UTF8.GetBytes(cell))).ToArray();
            if (cells.Length > 0 && cells.All(cell => IsTyped(cell, missing)))
            {
                return true;
            }
        }

        return !Enumerable.Range(0, header.Count).Any(column => rows.Any(row => row[column] == header[column] && header[column].Length > 0));
    }

    static bool IsTyped(string cell, Utf8Marks missing)
    {
        var bytes = Encoding.UTF8.GetBytes(cell);
        return bytes.Length > 0 && !missing.Contains(bytes) && CellParser.Parse(bytes, out _, out _) != CellKinds.Text;
    }
}
