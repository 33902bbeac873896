using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// Folds that split no group and keep the shares of the classes as well as that allows. scikit-learn's StratifiedGroupKFold: groups in
/// descending standard deviation of their class counts, each into the fold that makes the mean over classes of the standard deviation
/// over folds of (count in the fold / count of the class) least; of equally good folds (within 1e-5) the one with the fewest rows.
/// The deviations are kept as exact sums of whole numbers, so what is equal is equal here; there, rounding decides such cases.
/// </summary>
public static class StratifiedGroupKFold
{
    /// <summary>One split per fold; each row is in exactly one test side, and all rows of a group in the same one.</summary>
    /// <param name="labels">One class per row, 0 or more.</param>
    /// <param name="groups">One group per row, 0 or more.</param>
    /// <param name="folds">2 to the number of groups and to the size of the largest class.</param>
    /// <param name="shuffleSeed">Null: groups with equal deviations go in ascending order, else in a drawn one.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds, or more folds than groups, or than rows of every class.</exception>
    /// <exception cref="ArgumentException">A label or a group is negative, or there are not as many of both.</exception>
    public static ImmutableArray<Split> Split(ReadOnlySpan<int> labels, ReadOnlySpan<int> groups, int folds, ulong? shuffleSeed)
    {
        KFold.RequireTwo(folds);
        if (labels.Length != groups.Length)
        {
            throw new ArgumentException($"{groups.Length} groups for {labels.Length} labels.", nameof(groups));
        }

        var (classOf, classCounts) = StratifiedKFold.Encode(labels);
        StratifiedKFold.RequireRows(classCounts, folds);
        var (groupOf, sizes) = GroupKFold.Sorted(groups);
        GroupKFold.RequireGroups(sizes.Length, folds);
        var counts = new int[sizes.Length * classCounts.Count];
        for (var row = 0; row < classOf.Length; row++)
        {
            counts[(groupOf[row] * classCounts.Count) + classOf[row]]++;
        }

        var order = Order(counts, sizes, classCounts.Count, shuffleSeed);
        return GroupKFold.ByGroup(groupOf, Assign(counts, sizes, [.. classCounts], order, folds), folds);
    }

    static int[] Order(int[] counts, int[] sizes, int classes, ulong? shuffleSeed)
    {
        var order = Enumerable.Range(0, sizes.Length).ToArray();
        if (shuffleSeed is { } seed)
        {
            new SeededRandom(seed).Shuffle(order);
        }

        // classes² times the variance, as a whole number.
        var spread = new long[sizes.Length];
        for (var group = 0; group < sizes.Length; group++)
        {
            foreach (long count in counts.AsSpan(group * classes, classes))
            {
                spread[group] += count * count * classes;
            }

            spread[group] -= (long)sizes[group] * sizes[group];
        }

        return [.. order.OrderByDescending(group => spread[group])];
    }

    static int[] Assign(int[] counts, int[] sizes, int[] classCounts, int[] order, int folds)
    {
        var classes = classCounts.Length;
        var inFold = new long[folds * classes];
        var rowsIn = new long[folds];
        var sums = new long[classes];
        var squares = new long[classes];
        var foldOf = new int[sizes.Length];
        foreach (var group in order)
        {
            var added = counts.AsSpan(group * classes, classes);
            var best = Best(inFold, rowsIn, sums, squares, classCounts, added);
            foldOf[group] = best;
            rowsIn[best] += sizes[group];
            for (var c = 0; c < classes; c++)
            {
                ref var count = ref inFold[(best * classes) + c];
                squares[c] += added[c] * ((2 * count) + added[c]);
                sums[c] += added[c];
                count += added[c];
            }
        }

        return foldOf;
    }

    static int Best(long[] inFold, long[] rowsIn, long[] sums, long[] squares, int[] classCounts, ReadOnlySpan<int> added)
    {
        var folds = rowsIn.Length;
        var best = -1;
        var least = double.PositiveInfinity;
        for (var fold = 0; fold < folds; fold++)
        {
            var deviation = 0.0;
            for (var c = 0; c < classCounts.Length; c++)
            {
                var count = inFold[(fold * classCounts.Length) + c];
                var sum = sums[c] + added[c];
                var square = squares[c] + (added[c] * ((2 * count) + added[c]));
                deviation += Math.Sqrt(((double)folds * square) - ((double)sum * sum)) / ((double)folds * classCounts[c]);
            }

            deviation /= classCounts.Length;

            // numpy.isclose, as there.
            if (deviation < least || (Math.Abs(deviation - least) <= 1e-8 + (1e-5 * least) && rowsIn[fold] < rowsIn[best]))
            {
                (best, least) = (fold, deviation);
            }
        }

        return best;
    }
}
