using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Folds of near equal size: the first <c>rows % folds</c> have one row more. scikit-learn's KFold.</summary>
public static class KFold
{
    /// <summary>One split per fold; each row is in exactly one test side.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="folds">2 to <paramref name="rows"/>.</param>
    /// <param name="shuffleSeed">Null: folds are contiguous.</param>
    /// <exception cref="UserErrorException">Fewer than 2 folds, or more folds than rows.</exception>
    public static ImmutableArray<Split> Split(int rows, int folds, ulong? shuffleSeed)
    {
        RequireTwo(folds);
        if (folds > rows)
        {
            throw new UserErrorException($"Found {folds} folds for {rows} rows. Every fold needs a row. Use at most {rows} folds, or more rows.");
        }

        var order = Enumerable.Range(0, rows).ToArray();
        if (shuffleSeed is { } seed)
        {
            new SeededRandom(seed).Shuffle<int>(order);
        }

        var foldOf = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            // The first `longer` rows belong to folds that have one row more.
            var longer = rows % folds * ((rows / folds) + 1);
            foldOf[order[i]] = i < longer ? i / ((rows / folds) + 1) : (rows % folds) + ((i - longer) / (rows / folds));
        }

        return Data.Split.ByFold(foldOf, folds);
    }

    internal static void RequireTwo(int folds)
    {
        if (folds < 2)
        {
            throw new UserErrorException($"Found folds = {folds}. Cross-validation needs at least 2. Set folds to 2 or more, or use a hold-out.");
        }
    }
}
