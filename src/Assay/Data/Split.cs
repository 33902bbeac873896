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
        var rows = Enumerable.Range(0, foldOf.Length).ToArray();
        return [.. Enumerable.Range(0, folds).Select(fold => new Split(
            Array.FindAll(rows, row => foldOf[row] != fold),
            Array.FindAll(rows, row => foldOf[row] == fold)))];
    }
}
