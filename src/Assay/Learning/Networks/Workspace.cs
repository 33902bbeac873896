namespace Assay.Learning.Networks;

// The numbers of one batch on their way through the network and back. One per thread; nothing in it outlives the batch.
sealed class Workspace(DenseLayer[] layers, int rows)
{
    // Per layer [rows, Width]: sums, then outputs. The last layer's turn into its gradient.
    readonly float[][] _outputs = [.. layers.Select(layer => new float[rows * layer.Width])];

    // Per layer but the last [rows, Width].
    float[][]? _gradients;

    // Per layer but the first: its kernel as [Units, Width of the layer before].
    float[][]? _transposed;

    // The last layer's weighted sums.
    public Span<float> Forward(float[] weights, ReadOnlySpan<float> features, int count)
    {
        var input = features;
        var stride = layers[0].Inputs;
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            var output = _outputs[i].AsSpan(0, count * layer.Width);
            Kernels.Multiply(input, stride, layer.Kernel(weights), layer.Bias(weights), output, count, layer.Inputs, layer.Width);
            if (i < layers.Length - 1)
            {
                Activations.Apply(layer.Activation, output, layer.Units, layer.Width);
            }

            input = output;
            stride = layer.Width;
        }

        return _outputs[^1].AsSpan(0, count * layers[^1].Width);
    }

    // The gradient by all weights; the last layer's sums must have been turned into their gradient.
    public void Backward(float[] weights, ReadOnlySpan<float> features, int count, float[] gradient)
    {
        _gradients ??= [.. layers[..^1].Select(layer => new float[rows * layer.Width])];
        _transposed ??= [[], .. layers.Skip(1).Zip(layers, (layer, before) => new float[layer.Units * before.Width])];
        var delta = _outputs[^1].AsSpan();
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var layer = layers[i];
            var input = i == 0 ? features : _outputs[i - 1];
            var stride = i == 0 ? layer.Inputs : layers[i - 1].Width;
            Kernels.MultiplyTransposed(input, stride, delta, layer.Kernel(gradient), layer.Inputs, count, layer.Width);
            Kernels.ColumnSums(delta, count, layer.Bias(gradient));
            if (i > 0)
            {
                var before = layers[i - 1];
                Kernels.Transpose(layer.Kernel(weights), layer.Inputs, layer.Units, layer.Width, _transposed[i], before.Width);
                var earlier = _gradients[i - 1].AsSpan(0, count * before.Width);
                Kernels.Multiply(delta, layer.Width, _transposed[i], [], earlier, count, layer.Units, before.Width);
                Activations.Backward(before.Activation, _outputs[i - 1], earlier, before.Units, before.Width);
                delta = earlier;
            }
        }
    }
}
