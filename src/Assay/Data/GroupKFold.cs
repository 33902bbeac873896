using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// Folds that split no group: the largest group first, each into the fold that has the fewest rows so far. scikit-learn's GroupKFold;
/// of groups with equally many rows the later one goes first (there that depends on the sort).
/// </summary>
public static class GroupKFold
{
    /// <summary>One split per fold; each row is in exactly one test side, and all rows of a group in the same one.</summary>
    /// <param name="groups">One group per row, 0 or more.</param>
    /// <param name="folds">2 to the number of groups.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds, or more folds than groups.</exception>
    /// <exception cref="ArgumentException">A group is negative.</exception>
    public static ImmutableArray<Split> Split(ReadOnlySpan<int> groups, int folds)
    {
        KFold.RequireTwo(folds);
        var (groupOf, sizes) = Sorted(groups);
        RequireGroups(sizes.Length, folds);
        var order = Enumerable.Range(0, sizes.Length).OrderBy(group => sizes[group]).Reverse();
        var rowsIn = new int[folds];
        var foldOf = new int[sizes.Length];
        foreach (var group in order)
        {
            var lightest = Array.IndexOf(rowsIn, rowsIn.Min());
            foldOf[group] = lightest;
            rowsIn[lightest] += sizes[group];
        }

        return ByGroup(groupOf, foldOf, folds);
    }

    internal static void RequireGroups(int groups, int folds)
    {
        if (folds > groups)
        {
            throw new UserErrorException($"Found {folds} folds for {groups} groups. A group is not split, so every fold needs one of its own. Use at most {groups} folds, or another group column.");
        }
    }

    /// <summary>The group of each row, numbered in ascending order, and the rows of each group.</summary>
    internal static (int[] GroupOf, int[] Sizes) Sorted(ReadOnlySpan<int> groups)
    {
        var (groupOf, counts) = StratifiedKFold.Encode(groups);
        var labels = new int[counts.Count];
        for (var row = 0; row < groupOf.Length; row++)
        {
            labels[groupOf[row]] = groups[row];
        }

        var appeared = Enumerable.Range(0, labels.Length).ToArray();
        Array.Sort(labels, appeared);
        var rank = new int[labels.Length];
        var sizes = new int[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            rank[appeared[i]] = i;
            sizes[i] = counts[appeared[i]];
        }

        foreach (ref var group in groupOf.AsSpan())
        {
            group = rank[group];
        }

        return (groupOf, sizes);
    }

    /// <summary>The folds of the groups as splits of the rows; <paramref name="groupOf"/> is overwritten.</summary>
    internal static ImmutableArray<Split> ByGroup(int[] groupOf, int[] foldOf, int folds)
    {
        foreach (ref var group in groupOf.AsSpan())
        {
            group = foldOf[group];
        }

        return Data.Split.ByFold(groupOf, folds);
    }
}
