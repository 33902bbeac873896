using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

public sealed partial class Sequential
{
    /// <summary>
    /// Trains from the present weights on, with a fresh optimiser. When the loss is no longer finite it stops, says so in the history, and
    /// goes back to the weights of the last completed epoch.
    /// </summary>
    /// <param name="features">Element <c>row * Inputs + feature</c>, finite.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="progress">Told every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UserErrorException">The validation split leaves no row to train on, or none to watch.</exception>
    public History Fit(
        ReadOnlySpan<float> features, ReadOnlySpan<int> labels, IProgress<Epoch>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckLabels(features, labels);
        var training = TrainingRows(labels.Length, _options.ValidationSplit);
        var run = new Run(this, training);
        var epochs = new List<Epoch>();
        for (var number = 1; number <= _options.Epochs; number++)
        {
            var (loss, accuracy) = run.Epoch(number, features, labels, cancellationToken);
            if (!double.IsFinite(loss) || !TensorPrimitives.IsFiniteAll(_weights.AsSpan()))
            {
                run.Kept.CopyTo(_weights, 0);
                return new History([.. epochs]) { StoppedBecause = Explosion(number) };
            }

            _weights.CopyTo(run.Kept, 0);
            (double Loss, double Accuracy)? validation = training < labels.Length
                ? Evaluate(features[(training * Inputs)..], labels[training..])
                : null;
            var epoch = new Epoch(number, loss, accuracy, validation?.Loss, validation?.Accuracy);
            epochs.Add(epoch);
            progress?.Report(epoch);
        }

        return new History([.. epochs]);
    }

    // Keras: split_at = floor(n * (1 - validation_split)).
    internal static int TrainingRows(int rows, double validationSplit)
    {
        var training = (int)Math.Floor(rows * (1 - validationSplit));
        return validationSplit == 0 || (training > 0 && training < rows) ? training : throw new UserErrorException(FormattableString.Invariant(
            $"validation_split {validationSplit} of {rows} rows leaves {training} to train on and {rows - training} to watch. Both need at least 1. Change it, or give more rows."));
    }

    string Explosion(int epoch) => FormattableString.Invariant(
        $"The loss was no longer a finite number in epoch {epoch} of {_options.Epochs}. It must stay finite. Standardize the inputs, or lower learning_rate (it is {_options.Optimizer.LearningRate}).");

    // What one call of Fit works with.
    sealed class Run(Sequential network, int rows)
    {
        readonly int _batchRows = Math.Min(network._options.BatchSize, rows);
        readonly Workspace _workspace = new(network._layers, Math.Min(network._options.BatchSize, rows));
        readonly float[] _batch = new float[Math.Min(network._options.BatchSize, rows) * network.Inputs];
        readonly int[] _labels = new int[Math.Min(network._options.BatchSize, rows)];
        readonly int[] _order = [.. Enumerable.Range(0, rows)];
        readonly float[] _gradient = new float[network._weights.Length];
        readonly float[] _state = new float[network._weights.Length * network._options.Optimizer.StatePerWeight];
        long _step;

        // The weights of the last good epoch.
        public float[] Kept { get; } = [.. network._weights];

        public (double Loss, double Accuracy) Epoch(
            int number, ReadOnlySpan<float> features, ReadOnlySpan<int> labels, CancellationToken cancellationToken)
        {
            if (network._options.Shuffle)
            {
                network._random.Derive((ulong)number).Shuffle(_order.AsSpan());
            }

            var (loss, right) = (0.0, 0);
            for (var start = 0; start < rows && double.IsFinite(loss); start += _batchRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chosen = _order.AsSpan(start, Math.Min(_batchRows, rows - start));
                Gather(chosen, features, labels);
                var batch = Update(chosen.Length);
                loss += batch.Loss;
                right += batch.Right;
            }

            return (loss / rows, (double)right / rows);
        }

        void Gather(ReadOnlySpan<int> chosen, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
        {
            var inputs = network.Inputs;
            for (var i = 0; i < chosen.Length; i++)
            {
                features.Slice(chosen[i] * inputs, inputs).CopyTo(_batch.AsSpan(i * inputs));
                _labels[i] = labels[chosen[i]];
            }
        }

        (double Loss, int Right) Update(int count)
        {
            var last = network._layers[^1];
            var logits = _workspace.Forward(network._weights, _batch, count);
            var result = Losses.Evaluate(network._options.Loss, logits, _labels.AsSpan(0, count), last.Units, last.Width);
            if (double.IsFinite(result.Loss))
            {
                _workspace.Backward(network._weights, _batch, count, _gradient);
                network._options.Optimizer.Step(network._weights, _gradient, _state, ++_step);
            }

            return result;
        }
    }
}
