using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>
/// A k-fold several times, shuffled anew each time, repetition after repetition. scikit-learn's RepeatedKFold and RepeatedStratifiedKFold.
/// Scores of different repetitions share rows: they are not independent.
/// </summary>
public static class RepeatedKFold
{
    /// <summary><c>folds * repeats</c> splits; each row is in <paramref name="repeats"/> test sides.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="folds">2 to <paramref name="rows"/>.</param>
    /// <param name="repeats">1 or more.</param>
    /// <param name="seed">Of all shuffles.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds or 1 repetition, or more folds than rows.</exception>
    public static ImmutableArray<Split> Split(int rows, int folds, int repeats, ulong seed) =>
        [.. Seeds(repeats, seed).SelectMany(each => KFold.Split(rows, folds, each))];

    /// <summary>The same with the class shares kept.</summary>
    /// <param name="labels">One class per row, 0 or more.</param>
    /// <param name="folds">2 to the size of the largest class.</param>
    /// <param name="repeats">1 or more.</param>
    /// <param name="seed">Of all shuffles.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds or 1 repetition, or more folds than rows of every class.</exception>
    public static ImmutableArray<Split> Stratified(ReadOnlySpan<int> labels, int folds, int repeats, ulong seed)
    {
        var splits = ImmutableArray.CreateBuilder<Split>();
        foreach (var each in Seeds(repeats, seed))
        {
            splits.AddRange(StratifiedKFold.Split(labels, folds, each));
        }

        return splits.ToImmutable();
    }

    internal static ulong[] Seeds(int repeats, ulong seed)
    {
        if (repeats < 1)
        {
            throw new UserErrorException($"Found repeats = {repeats}. Expected 1 or more.");
        }

        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, repeats).Select(i => random.Derive((ulong)i).NextUInt64())];
    }
}
