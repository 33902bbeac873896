using System.Collections.Immutable;

namespace Assay.Learning.Validation;

/// <summary>The score after training on so many rows.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Scores">One per fold, NaN where undefined.</param>
/// <param name="Summary">Of these.</param>
public sealed record LearningCurvePoint(int Rows, ImmutableArray<double> Scores, FoldSummary Summary);
