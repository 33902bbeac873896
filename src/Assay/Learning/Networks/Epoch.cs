namespace Assay.Learning.Networks;

/// <summary>One pass over the training rows, with Keras' bookkeeping.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Loss">
/// Mean over the rows of the losses taken before each batch's update: not the loss of the weights at the epoch's end.
/// </param>
/// <param name="Accuracy">Share of right classes, taken at the same moments; a probability above 0.5 means the second class.</param>
/// <param name="ValidationLoss">Of the weights at the epoch's end, null without validation rows.</param>
/// <param name="ValidationAccuracy">Likewise.</param>
public sealed record Epoch(int Number, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy);
