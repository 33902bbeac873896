using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>As many folds as rows, each tests one row. scikit-learn's LeaveOneOut. All splits together hold rows² indices: for few rows.</summary>
public static class LeaveOneOut
{
    /// <summary>One split per row, in their order.</summary>
    /// <param name="rows">2 or more.</param>
    /// <exception cref="UserErrorException">Fewer than 2 rows.</exception>
    public static ImmutableArray<Split> Split(int rows) => rows >= 2
        ? KFold.Split(rows, rows, shuffleSeed: null)
        : throw new UserErrorException($"Found {rows} {(rows == 1 ? "row" : "rows")} to leave one out of. Expected at least 2. Add rows.");
}
