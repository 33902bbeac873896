using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// Folds in which every class is spread evenly: its counts differ by at most one between folds. scikit-learn's StratifiedKFold:
/// classes in order of appearance, dealt round robin, their rows in blocks.
/// </summary>
public static class StratifiedKFold
{
    /// <summary>One split per fold; each row is in exactly one test side.</summary>
    /// <param name="labels">One class per row, 0 or more.</param>
    /// <param name="folds">2 to the size of the largest class; a class with fewer rows is absent from some test sides.</param>
    /// <param name="shuffleSeed">Null: the order of the rows decides.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds, or more folds than rows of every class.</exception>
    /// <exception cref="ArgumentException">A label is negative.</exception>
    public static ImmutableArray<Split> Split(ReadOnlySpan<int> labels, int folds, ulong? shuffleSeed)
    {
        KFold.RequireTwo(folds);
        var classes = RowsByClass(labels);
        var largest = classes.Count == 0 ? 0 : classes.Max(rows => rows.Count);
        if (folds > largest)
        {
            throw new UserErrorException($"Found {folds} folds, and the largest class has {largest} rows. Some class must reach every fold. Use at most {largest} folds, or more rows.");
        }

        var random = shuffleSeed is { } seed ? new SeededRandom(seed) : null;
        var foldOf = new int[labels.Length];
        var dealt = 0;
        foreach (var rows in classes)
        {
            // Dealing the sorted labels round robin gives each fold its count of this class; blocks keep the order of the rows.
            var folded = Enumerable.Range(dealt, rows.Count).Select(i => i % folds).Order().ToArray();
            dealt += rows.Count;
            random?.Shuffle<int>(folded);
            foreach (var (i, row) in rows.Index())
            {
                foldOf[row] = folded[i];
            }
        }

        return Data.Split.ByFold(foldOf, folds);
    }

    /// <summary>The rows of each class, classes in order of appearance.</summary>
    internal static List<List<int>> RowsByClass(ReadOnlySpan<int> labels)
    {
        var classes = new List<List<int>>();
        var index = new Dictionary<int, List<int>>();
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
            {
                throw new ArgumentException($"Row {row} has no label: leave such rows out.", nameof(labels));
            }

            if (!index.TryGetValue(labels[row], out var rows))
            {
                classes.Add(index[labels[row]] = rows = []);
            }

            rows.Add(row);
        }

        return classes;
    }
}
