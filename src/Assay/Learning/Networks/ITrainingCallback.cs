namespace Assay.Learning.Networks;

/// <summary>Looks on while a network is trained, and may end it: a pruner, a plot, a log of one's own.</summary>
public interface ITrainingCallback
{
    /// <summary>Called on the training's thread after every epoch and everything else that follows it.</summary>
    /// <param name="epoch">Its figures.</param>
    /// <param name="network">With the weights of the epoch's end; it may be asked to predict, not to be trained.</param>
    /// <returns>Null to go on, or why training shall end here.</returns>
    string? AfterEpoch(Epoch epoch, Sequential network);
}
