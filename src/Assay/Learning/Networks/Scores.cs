namespace Assay.Learning.Networks;

/// <summary>How good a network is on some rows.</summary>
/// <param name="Loss">Mean over the rows of weight times loss, regularisation added; NaN without rows.</param>
/// <param name="Accuracy">
/// Share of right classes, or of right outputs where each is yes or no (a probability above 0.5 means yes), without weights; null for numbers.
/// </param>
/// <param name="MeanAbsoluteError">Of the targets, mean over rows and outputs, without weights; null for classes.</param>
/// <param name="MeanSquaredError">Likewise.</param>
public sealed record Scores(double Loss, double? Accuracy, double? MeanAbsoluteError, double? MeanSquaredError);
