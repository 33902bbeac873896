namespace Assay.Scoring;

/// <summary>
/// Predictions of which several are of one row: a row counts once, by the mean over its predictions, and is drawn or left out as a whole.
/// </summary>
static class RepeatedRows
{
    public static int Count(int[] rows) => new HashSet<int>(rows).Count;

    /// <summary>Whether predictions were of repeated rows and those chosen are not any more.</summary>
    public static bool AreOnceEach(int[]? rows, int[] chosen) =>
        rows is not null && chosen.Length <= rows.Length && new HashSet<int>(chosen.Length) is var seen && Array.TrueForAll(chosen, i => seen.Add(rows[i]));

    /// <summary>The mean of each row's values, the rows in the order in which they come.</summary>
    public static double[] Means(double[] values, int[] rows) => [.. Groups(rows).Select(group => group.Average(i => values[i]))];

    /// <summary>The predictions of each row.</summary>
    public static int[][] Groups(int[] rows) => [.. Enumerable.Range(0, rows.Length).GroupBy(i => rows[i]).Select(group => group.ToArray())];
}
