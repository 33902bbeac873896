using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

// One training of a network. The weights are the network's own.
sealed class TrainingRun(Sequential network, LayerStack stack, float[] weights, SeededRandom random)
{
    readonly SequentialOptions _options = network.Options;
    readonly TrainingState _state = new(network.Options, weights.Length, stack.Learned);

    public History Run(in RowSet rows, RowSet watched, FitOptions fit, CancellationToken cancellationToken)
    {
        CheckMonitors(watched.Count);
        var batches = new TrainingBatches(network, stack, weights, rows);
        var checkpoint = fit.Checkpoint is null ? null : new CheckpointFile(fit.Checkpoint, network, rows, watched);
        checkpoint?.Resume(_state, weights);
        var log = fit.CsvLog is null ? null : new CsvLogFile(fit.CsvLog, _state.Epochs);
        weights.CopyTo(_state.Kept, 0);
        string? trouble = null;
        while (_state.Epochs.Count < _options.Epochs && _state.Stopped is null)
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
            After(Epoch.Of(number, scores, watched.Count > 0 ? network.Evaluate(watched) : null, batches.LastRate), fit, log);
            checkpoint?.Write(_state, weights, last: number == _options.Epochs || _state.Stopped is not null);
        }

        var restored = _state.EarlyStopping?.BestWeights;
        restored?.CopyTo(weights, 0);
        return new History([.. _state.Epochs])
        {
            StoppedBecause = trouble,
            StoppedEarly = _state.Stopped,
            RestoredEpoch = restored is null ? null : _state.EarlyStopping!.BestEpoch,
        };
    }

    void After(Epoch epoch, FitOptions fit, CsvLogFile? log)
    {
        _state.Epochs.Add(epoch);
        _state.Stopped = _state.EarlyStopping?.After(epoch, weights);
        _state.Rate = _state.Plateau?.After(epoch, _state.Rate) ?? _state.Rate;
        log?.Append(epoch);
        fit.Progress?.Report(epoch);
        foreach (var callback in fit.Callbacks)
        {
            _state.Stopped = callback.AfterEpoch(epoch, network) ?? _state.Stopped;
        }
    }

    // Keras warns and never stops.
    void CheckMonitors(int watched)
    {
        var monitors = new[] { _options.EarlyStopping?.Monitor, _options.ReduceOnPlateau?.Monitor };
        if (watched == 0 && monitors.FirstOrDefault(monitor => monitor?.StartsWith("val_", StringComparison.Ordinal) == true) is { } monitor)
        {
            throw new UserErrorException($"'{monitor}' is monitored. There are no validation rows. Give validation_split, 0.2 say, or monitor '{monitor[4..]}'.");
        }
    }

    string Explosion(int epoch) => FormattableString.Invariant(
        $"The loss was no longer a finite number in epoch {epoch} of {_options.Epochs}. It must stay finite. Standardize the inputs, or lower learning_rate (it is {_options.Optimizer.LearningRate}).");
}
