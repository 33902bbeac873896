using System.Collections.Immutable;

namespace Assay.Learning.Validation;

/// <summary>What a procedure that chooses is worth.</summary>
/// <param name="Folds">The outer folds.</param>
/// <param name="Summary">Of their scores: the procedure's estimate.</param>
public sealed record NestedResult<TChoice>(ImmutableArray<NestedFold<TChoice>> Folds, FoldSummary Summary)
{
    /// <summary>How many different choices the folds made, by equality: many mean that the choice is mostly chance.</summary>
    public int DistinctChoices => Folds.Select(fold => fold.Choice).Distinct().Count();
}
