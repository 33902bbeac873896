namespace Assay.Running;

/// <summary>How often rows were tested, of the row of every prediction, ascending: repeated folds and shuffles test one more than once.</summary>
static class TestedTimes
{
    /// <summary>Which time it is of that row, from 1; null where every row comes once.</summary>
    public static int[]? Repeats(int[] rows)
    {
        var times = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            times[i] = i > 0 && rows[i] == rows[i - 1] ? times[i - 1] + 1 : 1;
        }

        return Array.TrueForAll(times, time => time == 1) ? null : times;
    }

    /// <summary>The rows again where some come more than once, for intervals by rows; else null.</summary>
    public static int[]? Clusters(int[] rows) => Repeats(rows) is null ? null : rows;

    /// <summary>1 over the times of the row, so that every row counts the same; null where all come as often.</summary>
    public static double[]? Weights(int[] rows)
    {
        var counts = rows.CountBy(row => row).ToDictionary();
        return counts.Values.Distinct().Count() <= 1 ? null : Array.ConvertAll(rows, row => 1.0 / counts[row]);
    }

    /// <summary>The first prediction of every row: for what counts rows and cannot weigh them.</summary>
    public static int[] First(int[] rows) => [.. Enumerable.Range(0, rows.Length).Where(i => i == 0 || rows[i] != rows[i - 1])];
}
