using Assay.Data;

namespace Assay.Running;

/// <summary>What the rows of a table belong to, and when they were.</summary>
static class RowOrder
{
    /// <summary>The group of each of the rows, 0 or more.</summary>
    /// <exception cref="UserErrorException">There is no such column, or a row has no group.</exception>
    public static int[] Groups(Table table, string column, int[] rows)
    {
        var codes = ClassLabels.Of(table[column]).Codes;
        var groups = Array.ConvertAll(rows, row => codes[row]);
        return !groups.Contains(-1) ? groups : throw new UserErrorException(
            $"'method' groups rows by '{column}', and {groups.Count(group => group < 0)} of {rows.Length} rows have no value in it. Add {{drop_missing: [{column}]}} to 'prepare', or group by another column.");
    }

    /// <summary>The rows, the earliest first; rows of one time stay as they are. Without a column they are in the order of time already.</summary>
    /// <exception cref="UserErrorException">There is no such column, it is not of dates or numbers, or a row has no time.</exception>
    public static int[] ByTime(Table table, string? column, int[] rows)
    {
        if (column is null)
        {
            return rows;
        }

        var times = table[column];
        if (times.Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Boolean)
        {
            throw new UserErrorException($"'method' orders rows by '{column}', which holds {times.Kind.ToString().ToLowerInvariant()}. Expected dates or numbers. Name another column, or none where the rows are in order.");
        }

        return rows.FirstOrDefault(times.IsMissing, -1) is >= 0 and var row
            ? throw new UserErrorException($"'method' orders rows by '{column}', and row {row + 1} has no value in it. Add {{drop_missing: [{column}]}} to 'prepare'.")
            : [.. rows.OrderBy(times.Number)];
    }
}
