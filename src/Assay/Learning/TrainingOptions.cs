using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>What to learn from a table, and how.</summary>
public sealed record TrainingOptions
{
    /// <summary>The column that holds the classes.</summary>
    public required string Target { get; init; }

    /// <summary>Columns that the model must not see; names the table does not have are ignored.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>What is done to the inputs, in order; fitted on the training rows only.</summary>
    public ImmutableArray<PreparationStep> Prepare { get; init; } = [];

    /// <summary>The network and its training.</summary>
    public required SequentialOptions Model { get; init; }

    /// <summary>Of the first weights and of the order of the rows.</summary>
    public ulong Seed { get; init; }

    /// <summary>As it appears in estimates and records.</summary>
    public string Name { get; init; } = "sequential";

    /// <summary>The classes and their order; empty for those of the training rows. Give them where folds must share them.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];
}
