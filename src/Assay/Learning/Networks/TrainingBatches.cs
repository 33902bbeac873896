namespace Assay.Learning.Networks;

// The updates of one epoch after the other. Nothing is allocated per batch.
sealed class TrainingBatches
{
    readonly Sequential _network;
    readonly SequentialOptions _options;
    readonly LayerStack _stack;
    readonly float[] _weights;
    readonly LossStep _loss;
    readonly Workspace _workspace;
    readonly Clipping _clipping;
    readonly float[] _features, _targets, _gradient;
    readonly int[] _order;

    // How much each row counts, and those of the batch; null where every row counts 1.
    readonly float[]? _allWeights, _rowWeights;

    public TrainingBatches(Sequential network, LayerStack stack, float[] weights, in RowSet rows)
    {
        (_network, _stack, _options, _weights) = (network, stack, network.Options, weights);
        var batch = Math.Min(_options.BatchSize, rows.Count);
        _loss = new LossStep(stack, _options.Loss);
        _workspace = new Workspace(stack, batch, training: true);
        _clipping = new Clipping(_options.Optimizer, [.. stack.Layers.SelectMany(layer => layer.Variables)]);
        (_features, _targets, _gradient) = (new float[batch * rows.Inputs], new float[batch * rows.PerRow], new float[stack.Learned]);
        _order = new int[rows.Count];
        _allWeights = RowWeights(rows);
        _rowWeights = _allWeights is null ? null : new float[batch];
    }

    public double LastRate { get; private set; }

    // The order of the rows and what is dropped depend on the random alone, not on earlier epochs.
    public Scores Epoch(SeededRandom random, in RowSet rows, TrainingState state, CancellationToken cancellationToken)
    {
        SeededRandom[] randoms = [.. Enumerable.Range(1, _stack.Layers.Count).Select(layer => random.Derive((ulong)layer))];
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        if (_options.Shuffle)
        {
            random.Shuffle(_order.AsSpan());
        }

        var optimizer = _options.Optimizer with { LearningRate = state.Rate };
        var tally = default(Tally);
        for (var start = 0; start < _order.Length && double.IsFinite(tally.Loss); start += _options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chosen = _order.AsSpan(start, Math.Min(_options.BatchSize, _order.Length - start));
            Gather(chosen, rows);
            Update(chosen.Length, rows.PerRow, optimizer, state, randoms, ref tally);
        }

        LastRate = optimizer.RateAt(state.Steps);
        return tally.Scores(_options.Loss.Family);
    }

    void Gather(ReadOnlySpan<int> chosen, in RowSet rows)
    {
        var (inputs, perRow) = (rows.Inputs, rows.PerRow);
        for (var i = 0; i < chosen.Length; i++)
        {
            rows.Features.Slice(chosen[i] * inputs, inputs).CopyTo(_features.AsSpan(i * inputs));
            rows.Targets.Slice(chosen[i] * perRow, perRow).CopyTo(_targets.AsSpan(i * perRow));
            _rowWeights?[i] = _allWeights![chosen[i]];
        }
    }

    void Update(int count, int perRow, OptimizerOptions optimizer, TrainingState state, SeededRandom[] randoms, ref Tally tally)
    {
        _workspace.Forward(_weights, _features, count, randoms);
        var loss = _loss.Evaluate(_workspace, _targets.AsSpan(0, count * perRow), _rowWeights is null ? [] : _rowWeights.AsSpan(0, count), count, ref tally);
        if (double.IsFinite(loss))
        {
            _workspace.Backward(_weights, _features, count, _gradient);
            loss += count * _network.Penalty(_gradient);
            _clipping.Apply(_gradient);
            optimizer.Step(_weights.AsSpan(0, _gradient.Length), _gradient, state.Optimizer, ++state.Steps);
        }

        tally.AddLoss(loss, count);
    }

    // A row's own weight times its class's.
    float[]? RowWeights(in RowSet rows)
    {
        if (rows.Weights.IsEmpty && _options.ClassWeights.IsDefaultOrEmpty)
        {
            return null;
        }

        var weights = new float[rows.Count];
        for (var row = 0; row < weights.Length; row++)
        {
            var ofClass = _options.ClassWeights.IsDefaultOrEmpty ? 1 : _options.ClassWeights[Class(rows.Targets.Slice(row * rows.PerRow, rows.PerRow))];
            weights[row] = (float)((rows.Weights.IsEmpty ? 1 : rows.Weights[row]) * ofClass);
        }

        return weights;
    }

    static int Class(ReadOnlySpan<float> target) => target.Length == 1 ? (int)target[0] : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(target);
}
