using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Row indices of the two sides of a hold-out, or of one fold. Both ascending, disjoint.</summary>
/// <param name="Train">Rows a model may learn from.</param>
/// <param name="Test">Rows it is judged on.</param>
public sealed record Split(int[] Train, int[] Test)
{
    /// <summary>One split per fold: its rows are the test side.</summary>
    internal static ImmutableArray<Split> ByFold(int[] foldOf, int folds)
    {
        var both = new int[foldOf.Length];
        return [.. Enumerable.Range(0, folds).Select(fold => OfFold(foldOf, fold, both))];
    }

    // Without a branch that chance decides: each row is written to both ends of one array, and only the end it belongs to moves on.
    static Split OfFold(int[] foldOf, int fold, int[] both)
    {
        var front = 0;
        var back = foldOf.Length - 1;
        for (var row = 0; row < foldOf.Length; row++)
        {
            both[front] = row;
            both[back] = row;
            var isTest = foldOf[row] == fold ? 1 : 0;
            front += 1 - isTest;
            back -= isTest;
        }

        var test = both[front..];
        Array.Reverse(test);
        return new Split(both[..front], test);
    }
}
