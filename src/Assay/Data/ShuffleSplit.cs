using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// The hold-out several times, each drawn anew, so a row may be tested often or never. scikit-learn's ShuffleSplit,
/// StratifiedShuffleSplit and GroupShuffleSplit.
/// </summary>
public static class ShuffleSplit
{
    /// <summary>Independent hold-outs of <c>ceil(testShare * rows)</c> rows.</summary>
    /// <param name="rows">Number of rows, 2 or more.</param>
    /// <param name="splits">1 or more.</param>
    /// <param name="testShare">Within (0, 1).</param>
    /// <param name="seed">Of all draws.</param>
    /// <exception cref="UserErrorException">As <see cref="Holdout.Split"/>.</exception>
    public static ImmutableArray<Split> Split(int rows, int splits, double testShare, ulong seed) =>
        [.. RepeatedKFold.Seeds(splits, seed).Select(each => Holdout.Split(rows, testShare, each))];

    /// <summary>The same with the class shares kept on both sides.</summary>
    /// <param name="labels">One class per row, 0 or more.</param>
    /// <param name="splits">1 or more.</param>
    /// <param name="testShare">Within (0, 1).</param>
    /// <param name="seed">Of all draws.</param>
    /// <exception cref="UserErrorException">As <see cref="Holdout.Stratified"/>.</exception>
    public static ImmutableArray<Split> Stratified(ReadOnlySpan<int> labels, int splits, double testShare, ulong seed)
    {
        var all = ImmutableArray.CreateBuilder<Split>();
        foreach (var each in RepeatedKFold.Seeds(splits, seed))
        {
            all.Add(Holdout.Stratified(labels, testShare, each));
        }

        return all.ToImmutable();
    }

    /// <summary>Whole groups are drawn: <c>ceil(testShare * groups)</c> of them are the test side.</summary>
    /// <param name="groups">One group per row, 0 or more.</param>
    /// <param name="splits">1 or more.</param>
    /// <param name="testShare">Share of the groups, within (0, 1).</param>
    /// <param name="seed">Of all draws.</param>
    /// <exception cref="UserErrorException">The share is outside (0, 1), or leaves no group to train on.</exception>
    public static ImmutableArray<Split> Grouped(ReadOnlySpan<int> groups, int splits, double testShare, ulong seed)
    {
        var (groupOf, sizes) = GroupKFold.Sorted(groups);
        return [.. RepeatedKFold.Seeds(splits, seed).Select(each => OfGroups(Holdout.Split(sizes.Length, testShare, each)))];

        Split OfGroups(Split drawn)
        {
            var isTest = new bool[sizes.Length];
            foreach (var group in drawn.Test)
            {
                isTest[group] = true;
            }

            var rows = Enumerable.Range(0, groupOf.Length).ToArray();
            return new Split(Array.FindAll(rows, row => !isTest[groupOf[row]]), Array.FindAll(rows, row => isTest[groupOf[row]]));
        }
    }
}
