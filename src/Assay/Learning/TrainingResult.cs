using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>A trained model and how its training went.</summary>
/// <param name="Model">Ready to predict.</param>
/// <param name="History">One entry per epoch.</param>
public sealed record TrainingResult(TrainedModel Model, History History);
