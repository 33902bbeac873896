using System.Collections.Immutable;
using System.Runtime.InteropServices;

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
        var (classOf, counts) = Encode(labels);
        RequireRows(counts, folds);
        var random = shuffleSeed is { } seed ? new SeededRandom(seed) : null;

        // Dealing the sorted labels round robin gives each fold its count of a class; blocks keep the order of the rows.
        var deals = new int[counts.Count][];
        var next = new int[counts.Count];
        var dealt = 0;
        for (var c = 0; c < deals.Length; c++)
        {
            deals[c] = Deal(dealt, counts[c], folds);
            dealt += counts[c];
            random?.Shuffle(deals[c]);
        }

        for (var row = 0; row < classOf.Length; row++)
        {
            var c = classOf[row];
            classOf[row] = deals[c][next[c]++];
        }

        return Data.Split.ByFold(classOf, folds);
    }

    internal static void RequireRows(IReadOnlyCollection<int> counts, int folds)
    {
        var largest = counts.Count == 0 ? 0 : counts.Max();
        if (folds > largest)
        {
            throw new UserErrorException($"Found {folds} folds, and the largest class has {largest} rows. Some class must reach every fold. Use at most {largest} folds, or more rows.");
        }
    }

    /// <summary>The class of each row, numbered in order of appearance, and the rows of each class.</summary>
    internal static (int[] ClassOf, List<int> Counts) Encode(ReadOnlySpan<int> labels)
    {
        var classOf = new int[labels.Length];
        var counts = new List<int>();
        var index = new Dictionary<int, int>();
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
            {
                throw new ArgumentException($"Row {row} has no label: leave such rows out.", nameof(labels));
            }

            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(index, labels[row], out var known);
            if (!known)
            {
                code = counts.Count;
                counts.Add(0);
            }

            classOf[row] = code;
            CollectionsMarshal.AsSpan(counts)[code]++;
        }

        return (classOf, counts);
    }

    /// <summary>The rows of each class, classes in order of appearance.</summary>
    internal static List<int[]> RowsByClass(ReadOnlySpan<int> labels)
    {
        var (classOf, counts) = Encode(labels);
        var rows = counts.ConvertAll(count => new int[count]);
        var next = new int[counts.Count];
        for (var row = 0; row < classOf.Length; row++)
        {
            rows[classOf[row]][next[classOf[row]]++] = row;
        }

        return rows;
    }

    // Folds of the `count` rows that stand from place `first` of the sorted labels, ascending.
    static int[] Deal(int first, int count, int folds)
    {
        var deal = new int[count];
        var at = 0;
        for (var fold = 0; fold < folds; fold++)
        {
            // The first place from `first` on that this fold gets.
            var place = (fold - (first % folds) + folds) % folds;
            var share = place >= count ? 0 : ((count - 1 - place) / folds) + 1;
            deal.AsSpan(at, share).Fill(fold);
            at += share;
        }

        return deal;
    }
}
