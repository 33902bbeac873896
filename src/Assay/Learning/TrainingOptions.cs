using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Calibration;

namespace Assay.Learning;

/// <summary>What to learn from a table, and how.</summary>
public sealed record TrainingOptions
{
    /// <summary>The column of the classes, or of the numbers.</summary>
    public required string Target { get; init; }

    /// <summary>Further columns of numbers, predicted by the same model.</summary>
    public ImmutableArray<string> MoreTargets { get; init; } = [];

    /// <summary>
    /// Null: numbers where there are several targets, and where the target's values are numbers with a fraction among them or more than 20
    /// different ones; else classes. <see cref="CrossValidation"/> decides by the whole table, once for all folds.
    /// </summary>
    public TargetKind? TargetKind { get; init; }

    /// <summary>Columns that the model must not see; names the table does not have are ignored.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>A column that says how much each row counts in training, 0 or more; no feature. Null: each 1.</summary>
    public string? Weights { get; init; }

    /// <summary>What is done to the inputs, in order; fitted on the training rows only.</summary>
    public ImmutableArray<PreparationStep> Prepare { get; init; } = [];

    /// <summary>The model and its training.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>
    /// True: numbers are learned minus their mean over their deviation (both of the training rows), and answered in their own unit. Networks
    /// want it for numbers far from 0 to 1; to linear models it makes no difference.
    /// </summary>
    public bool ScaleTarget { get; init; }

    /// <summary>
    /// Corrects the probabilities by what five models, each trained without a fifth of the training rows, say of these; null: not. Costs six
    /// fits in place of one. Classes only.
    /// </summary>
    public CalibrationMethod? Calibrate { get; init; }

    /// <summary>Of the first weights and of the order of the rows.</summary>
    public ulong Seed { get; init; }

    /// <summary>As it appears in estimates and records; null: the model's own.</summary>
    public string? Name { get; init; }

    /// <summary>The classes and their order; empty for those of the training rows. Give them where folds must share them.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Keeps the fits of a cross-validation as they are finished; those that it has already are not trained again. Null: nothing is kept.</summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>All targets, in the order of the answers.</summary>
    internal ImmutableArray<string> Targets => [Target, .. MoreTargets];
}
