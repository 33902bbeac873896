using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>How training went.</summary>
/// <param name="Epochs">The epochs that were completed, in order.</param>
public sealed record History(ImmutableArray<Epoch> Epochs)
{
    /// <summary>
    /// What went wrong, so that training ended: the loss was no longer a finite number. Then the weights are those of the end of the last
    /// completed epoch, or of the best one where those are restored. Null when nothing did.
    /// </summary>
    public string? StoppedBecause { get; init; }

    /// <summary>Why training ended before its last epoch though nothing went wrong: early stopping, or a callback's words; else null.</summary>
    public string? StoppedEarly { get; init; }

    /// <summary>The epoch whose weights the network has, where the best ones were restored; else null.</summary>
    public int? RestoredEpoch { get; init; }
}
