using System.Collections.Immutable;

namespace Assay.Learning.Networks;

/// <summary>Ends training when a figure no longer gets better, by the rules of Keras 3 (keras/src/callbacks/early_stopping.py).</summary>
/// <param name="Monitor">Keras' name: loss, accuracy, mean_absolute_error, mean_squared_error, or one of them with <c>val_</c>. More accuracy is better, less of the others.</param>
/// <param name="Patience">Epochs without an improvement that are borne; never ends after the first epoch.</param>
/// <param name="MinDelta">An improvement must be more than this.</param>
/// <param name="Baseline">Only a figure that also improves on this one resets the patience; null: none.</param>
/// <param name="StartFromEpoch">Epochs at the start that are not looked at.</param>
/// <param name="RestoreBestWeights">Training then ends, early or not, with the weights of the best epoch.</param>
public sealed record EarlyStopping(
    string Monitor = "val_loss", int Patience = 0, double MinDelta = 0, double? Baseline = null, int StartFromEpoch = 0, bool RestoreBestWeights = false)
{
    /// <summary>The epoch after which it would end such a training; null: none.</summary>
    /// <param name="epochs">In order, from the first.</param>
    public int? StopsAfter(IEnumerable<Epoch> epochs)
    {
        var watch = new EarlyStoppingWatch(this);
        return epochs.FirstOrDefault(epoch => watch.After(epoch, []) is not null)?.Number;
    }
}

/// <summary>Lowers the learning rate when a figure no longer gets better, by the rules of Keras 3 (keras/src/callbacks/reduce_lr_on_plateau.py).</summary>
/// <param name="Monitor">As of <see cref="EarlyStopping"/>.</param>
/// <param name="Factor">The rate is multiplied by it; at least 0 and below 1.</param>
/// <param name="Patience">Epochs without an improvement.</param>
/// <param name="MinDelta">An improvement must be more than this.</param>
/// <param name="Cooldown">Epochs after a reduction that are not counted.</param>
/// <param name="MinLearningRate">The rate goes no lower; Keras' min_lr.</param>
public sealed record ReduceOnPlateau(
    string Monitor = "val_loss", double Factor = 0.1, int Patience = 10, double MinDelta = 1e-4, int Cooldown = 0, double MinLearningRate = 0)
{
    /// <summary>The learning rate after each epoch of such a training.</summary>
    /// <param name="epochs">In order, from the first.</param>
    /// <param name="rate">That of the first epoch.</param>
    public ImmutableArray<double> RatesAfter(IEnumerable<Epoch> epochs, double rate)
    {
        var watch = new PlateauWatch(this);
        return [.. epochs.Select(epoch => rate = watch.After(epoch, rate))];
    }
}
