using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>How training went.</summary>
/// <param name="Epochs">The epochs that were completed, in order.</param>
public sealed record History(ImmutableArray<Epoch> Epochs)
{
    /// <summary>
    /// Why training ended early: the loss was no longer a finite number. Then the weights are those of the end of the last
    /// completed epoch. Null when every epoch ran.
    /// </summary>
    public string? StoppedBecause { get; init; }
}
