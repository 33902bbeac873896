using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Calibration;
using Assay.Learning.Networks;

namespace Assay.Learning;

// All of a model but its tensors, as it stands in the model file.
sealed record ModelDescription
{
    public required string Name { get; init; }

    public required OutputNames Outputs { get; init; }

    public required FittedPreparation Preparation { get; init; }

    public required ModelOptions Model { get; init; }

    // One per target of numbers, or none.
    public ImmutableArray<TargetScale> Scales { get; init; } = [];

    // Null: the model's probabilities are given as they are.
    public CalibrationMethod? Calibrated { get; init; }

    public required History History { get; init; }

    // For readers of the file that know nothing of preparations.
    public ImmutableArray<InputColumn> Inputs => Preparation.Inputs;
}
