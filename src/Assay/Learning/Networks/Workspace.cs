namespace Assay.Learning.Networks;

// The numbers of one batch on their way through the network and back. One per thread; nothing in it outlives the batch.
sealed class Workspace
{
    readonly LayerStack _stack;

    // Per layer [rows, Width].
    readonly float[][] _outputs;
    readonly float[][] _gradients;
    readonly float[][] _scratch;

    // The last layer's outputs after its activation, and the gradient by its outputs.
    readonly float[] _answers;
    readonly float[] _last;

    public Workspace(LayerStack stack, int rows, bool training)
    {
        _stack = stack;
        _outputs = [.. stack.Layers.Select(layer => new float[rows * layer.Width])];
        _gradients = training ? [.. stack.Layers.Select(layer => new float[rows * layer.Width])] : [];
        _scratch = training ? [.. stack.Layers.Select(layer => new float[(rows * layer.ScratchPerRow) + layer.Scratch])] : [];
        _answers = new float[rows * stack.Width];
        _last = training ? _gradients[^1] : new float[rows * stack.Width];
    }

    // A random per layer makes it a training step: dropout works, moving statistics move.
    public void Forward(float[] weights, ReadOnlySpan<float> features, int count, SeededRandom[]? randoms = null)
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            _stack.Layers[i].Forward(Pass(i, weights, [], features, count, randoms));
        }
    }

    // The last layer's weighted sums.
    public ReadOnlySpan<float> Sums(int count) => _outputs[^1].AsSpan(0, count * _stack.Width);

    // The network's outputs for them; the padding stays zero.
    public ReadOnlySpan<float> Answers(int count)
    {
        var (width, units) = (_stack.Width, _stack.Outputs);
        for (var row = 0; row < count; row++)
        {
            Activations.Apply(_stack.Head, _outputs[^1].AsSpan(row * width, units), _answers.AsSpan(row * width, units));
        }

        return _answers.AsSpan(0, count * width);
    }

    // The same, without padding.
    public void Answers(int count, Span<float> result)
    {
        var (width, units) = (_stack.Width, _stack.Outputs);
        for (var row = 0; row < count; row++)
        {
            Activations.Apply(_stack.Head, _outputs[^1].AsSpan(row * width, units), result.Slice(row * units, units));
        }
    }

    // Where the loss puts its gradient by the weighted sums, or by the answers: then OverHead turns it into that by the sums.
    public Span<float> Gradient(int count) => _last.AsSpan(0, count * _stack.Width);

    public void OverHead(int count)
    {
        var (width, units) = (_stack.Width, _stack.Outputs);
        for (var row = 0; row < count; row++)
        {
            var at = row * width;
            Activations.Backward(_stack.Head, _outputs[^1].AsSpan(at, units), _answers.AsSpan(at, units), _last.AsSpan(at, units));
        }
    }

    // The gradient by all variables.
    public void Backward(float[] weights, ReadOnlySpan<float> features, int count, float[] gradient)
    {
        for (var i = _outputs.Length - 1; i >= 0; i--)
        {
            _stack.Layers[i].Backward(Pass(i, weights, gradient, features, count, null));
        }
    }

    LayerPass Pass(int i, float[] weights, float[] gradient, ReadOnlySpan<float> features, int count, SeededRandom[]? randoms)
    {
        var layer = _stack.Layers[i];
        var before = i == 0 ? null : _stack.Layers[i - 1];
        return new LayerPass
        {
            Rows = count,
            Weights = weights,
            Input = before is null ? features[..(count * layer.Inputs)] : _outputs[i - 1].AsSpan(0, count * before.Width),
            InputStride = before?.Width ?? layer.Inputs,
            Output = _outputs[i].AsSpan(0, count * layer.Width),
            Training = randoms is not null,
            Random = randoms?[i],
            Scratch = _scratch.Length == 0 ? [] : _scratch[i],
            WeightGradient = gradient,
            OutputGradient = _gradients.Length == 0 ? [] : _gradients[i].AsSpan(0, count * layer.Width),
            InputGradient = before is null || _gradients.Length == 0 ? [] : _gradients[i - 1].AsSpan(0, count * before.Width),
        };
    }
}
