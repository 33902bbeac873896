using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

// One training of a network. The weights are the network's own.
sealed class TrainingRun(Sequential network, LayerStack stack, float[] weights, SeededRandom random)
{
    readonly SequentialOptions _options = network.Options;
    readonly TrainingState _state = new(network.Options, weights.Length, stack.Learned);

    public History Run(in RowSet rows, RowSet watched, FitOptions fit, CancellationToken cancellationToken)
    {
        var batches = new TrainingBatches(network, stack, weights, rows);
        weights.CopyTo(_state.Kept, 0);
        string? trouble = null, stop = null;
        while (_state.Epochs.Count < _options.Epochs && stop is null)
        {
            var number = _state.Epochs.Count + 1;
            var scores = batches.Epoch(random.Derive((ulong)number), rows, _state, cancellationToken);
            if (!double.IsFinite(scores.Loss) || !TensorPrimitives.IsFiniteAll(weights.AsSpan()))
            {
                _state.Kept.CopyTo(weights, 0);
                trouble = Explosion(number);
                break;
            }

            weights.CopyTo(_state.Kept, 0);
            stop = After(Epoch.Of(number, scores, watched.Count > 0 ? network.Evaluate(watched) : null, batches.LastRate), fit);
        }

        var restored = _state.EarlyStopping?.BestWeights;
        restored?.CopyTo(weights, 0);
        return new History([.. _state.Epochs])
        {
            StoppedBecause = trouble,
            StoppedEarly = stop,
            RestoredEpoch = restored is null ? null : _state.EarlyStopping!.BestEpoch,
        };
    }

    // Null to go on, or why to stop.
    string? After(Epoch epoch, FitOptions fit)
    {
        _state.Epochs.Add(epoch);
        var stop = _state.EarlyStopping?.After(epoch, weights);
        _state.Rate = _state.Plateau?.After(epoch, _state.Rate) ?? _state.Rate;
        fit.Progress?.Report(epoch);
        foreach (var callback in fit.Callbacks)
        {
            stop = callback.AfterEpoch(epoch, network) ?? stop;
        }

        return stop;
    }

    string Explosion(int epoch) => FormattableString.Invariant(
        $"The loss was no longer a finite number in epoch {epoch} of {_options.Epochs}. It must stay finite. Standardize the inputs, or lower learning_rate (it is {_options.Optimizer.LearningRate}).");
}
