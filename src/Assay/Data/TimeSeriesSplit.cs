using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// Folds of rows that are in the order of time: every model learns from rows before those it is judged on. scikit-learn's
/// TimeSeriesSplit: the last <c>folds</c> blocks of <c>testSize</c> rows are the test sides, all rows before a block but for the gap its
/// training side. Rows before the first block are tested by none.
/// </summary>
public static class TimeSeriesSplit
{
    /// <summary>One split per fold, the earliest first.</summary>
    /// <param name="rows">Number of rows, in the order of time.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="gap">Rows left out between the two sides: what is known only after as much time as they span.</param>
    /// <param name="maxTrain">At most so many rows to learn from, the latest; null for all.</param>
    /// <param name="testSize">Rows of each test side; null: <c>rows / (folds + 1)</c>.</param>
    /// <exception cref="UserErrorException">A number is out of range, or too few rows are left to learn from.</exception>
    public static ImmutableArray<Split> Split(int rows, int folds, int gap = 0, int? maxTrain = null, int? testSize = null)
    {
        KFold.RequireTwo(folds);
        Require(gap >= 0, $"gap = {gap}", "0 or more rows");
        Require(maxTrain is null or > 0, $"max_train = {maxTrain}", "1 or more rows");
        Require(testSize is null or > 0, $"test_size = {testSize}", "1 or more rows");
        Require(folds < rows, $"{folds} folds for {rows} rows", $"at most {Math.Max(2, rows - 1)} folds, or more rows");
        var size = testSize ?? (rows / (folds + 1));
        Require(rows - gap - ((long)size * folds) > 0, $"{folds} test sides of {size} rows and a gap of {gap} in {rows} rows", "at least one row before the first of them: fewer folds, smaller test sides or a smaller gap");
        return [.. Enumerable.Range(0, folds).Select(fold => Fold(rows - ((folds - fold) * size)))];

        Split Fold(int start)
        {
            var end = start - gap;
            var first = Math.Max(0, end - (maxTrain ?? end));
            return new Split([.. Enumerable.Range(first, end - first)], [.. Enumerable.Range(start, size)]);
        }
    }

    static void Require(bool holds, string found, string expected)
    {
        if (!holds)
        {
            throw new UserErrorException($"Found {found} in a split by time. Expected {expected}.");
        }
    }
}
