namespace Assay.Data;

/// <summary>One random split: the test side has <c>ceil(testShare * rows)</c> rows. scikit-learn's train_test_split.</summary>
public static class Holdout
{
    /// <summary>Rows drawn without regard to their class.</summary>
    /// <param name="rows">Number of rows, 2 or more.</param>
    /// <param name="testShare">Within (0, 1).</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="UserErrorException">The share is outside (0, 1), or leaves nothing to train on.</exception>
    public static Split Split(int rows, double testShare, ulong seed)
    {
        var test = TestRows(rows, testShare);
        var order = Enumerable.Range(0, rows).ToArray();
        new SeededRandom(seed).Shuffle(order);
        return Sorted(order[test..], order[..test]);
    }

    /// <summary>
    /// Rows drawn so that both sides have the class shares of the whole, by largest remainders; which of the classes with equal
    /// remainders gets the row more is drawn.
    /// </summary>
    /// <param name="labels">One class per row, 0 or more.</param>
    /// <param name="testShare">Within (0, 1).</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="UserErrorException">The share is outside (0, 1), a class has one row only, or a side has fewer rows than there are classes.</exception>
    /// <exception cref="ArgumentException">A label is negative.</exception>
    public static Split Stratified(ReadOnlySpan<int> labels, double testShare, ulong seed)
    {
        var classes = StratifiedKFold.RowsByClass(labels);
        var testRows = TestRows(labels.Length, testShare);
        if (classes.Find(rows => rows.Length < 2) is { } single)
        {
            throw new UserErrorException($"The class of row {single[0] + 1} has one row only. A stratified hold-out needs 2 of every class. Add rows, leave the class out, or do not stratify.");
        }

        var smaller = Math.Min(testRows, labels.Length - testRows);
        if (smaller < classes.Count)
        {
            throw new UserErrorException($"A test share of {testShare} of {labels.Length} rows leaves {smaller} rows on one side for {classes.Count} classes. Each side needs a row per class. Change the share, or do not stratify.");
        }

        var random = new SeededRandom(seed);
        var trainCounts = Apportion([.. classes.Select(rows => rows.Length)], labels.Length - testRows, random);
        var train = new List<int>();
        var test = new List<int>();
        foreach (var (i, rows) in classes.Index())
        {
            var order = (int[])rows.Clone();
            random.Shuffle(order);
            train.AddRange(order[..trainCounts[i]]);
            test.AddRange(order[trainCounts[i]..]);
        }

        return Sorted([.. train], [.. test]);
    }

    // Shares `draws` among the classes. Remainders are compared as integers, so that a tie is a tie.
    static int[] Apportion(int[] counts, int draws, SeededRandom random)
    {
        var total = counts.Sum(count => (long)count);
        var shares = counts.Select(count => (int)((long)count * draws / total)).ToArray();
        var order = Enumerable.Range(0, counts.Length).ToArray();
        random.Shuffle(order);
        foreach (var i in order.OrderByDescending(i => (long)counts[i] * draws % total).Take(draws - shares.Sum()))
        {
            shares[i]++;
        }

        return shares;
    }

    static int TestRows(int rows, double testShare)
    {
        if (testShare is not (> 0 and < 1))
        {
            throw new UserErrorException($"Found a test share of {testShare}. Expected a number between 0 and 1, such as 0.2.");
        }

        var test = (int)Math.Ceiling(testShare * rows);
        return test < rows ? test : throw new UserErrorException(
            $"A test share of {testShare} of {rows} {(rows == 1 ? "row" : "rows")} leaves nothing to train on. Use a smaller share, or more rows.");
    }

    static Split Sorted(int[] train, int[] test)
    {
        var isTest = new bool[train.Length + test.Length];
        foreach (var row in test)
        {
            isTest[row] = true;
        }

        var (trained, tested) = (0, 0);
        for (var row = 0; row < isTest.Length; row++)
        {
            if (isTest[row])
            {
                test[tested++] = row;
            }
            else
            {
                train[trained++] = row;
            }
        }

        return new Split(train, test);
    }
}
