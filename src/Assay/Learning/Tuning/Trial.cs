using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>One setting of a search.</summary>
/// <param name="Number">From 0, which is the default setting.</param>
/// <param name="Parameters">What was set. The default's has no units when its hidden layers differ in width.</param>
/// <param name="FoldScores">One per fold; NaN where training was stopped.</param>
/// <param name="Mean">Of the folds; NaN unless completed.</param>
/// <param name="Completed">Whether every fold was trained to its end and has a score.</param>
public sealed record Trial(
    int Number, ImmutableSortedDictionary<string, double> Parameters, ImmutableArray<double> FoldScores, double Mean, bool Completed);
