using Assay.Data;

namespace Assay.Learning;

/// <summary>One fold of a cross-validation.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Split">The rows it learned from and those it was judged on.</param>
/// <param name="Training">The fold's model.</param>
/// <param name="Predictions">Of the test rows, in their order: element <c>i * outputs + o</c>, as <see cref="IPredictor.PredictAsync"/> gives them.</param>
public sealed record FoldResult(int Number, Split Split, TrainingResult Training, float[] Predictions);
