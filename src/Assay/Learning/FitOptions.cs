using System.Collections.Immutable;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>What one training is given besides its rows.</summary>
public sealed record FitOptions
{
    /// <summary>Of the first weights and of the order of the rows.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told every epoch; models without epochs tell nothing.</summary>
    public IProgress<Epoch>? Progress { get; init; }

    /// <summary>Asked after every epoch whether to go on, in order; models without epochs ask nobody.</summary>
    public ImmutableArray<ITrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Where a network's training keeps what it needs to go on after an interruption; null: nowhere.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Where a network's training writes its epochs; null: nowhere.</summary>
    public CsvLog? CsvLog { get; init; }

    /// <summary>Rows that are only watched, in place of a network's validation split; null: that split.</summary>
    public Examples? Validation { get; init; }
}
