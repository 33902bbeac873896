namespace Assay.Learning.Networks;

// Where one layer's weights stand in the network's one array: kernel [Inputs, Width], then bias [Width]; the columns from Units on are
// zero and stay zero.
sealed record DenseLayer(int Inputs, int Units, Activation Activation, int Offset)
{
    public int Width { get; } = Kernels.Padded(Units);

    public int Length => (Inputs + 1) * Width;

    public Span<float> Kernel(float[] weights) => weights.AsSpan(Offset, Inputs * Width);

    public Span<float> Bias(float[] weights) => weights.AsSpan(Offset + (Inputs * Width), Width);

    public static DenseLayer[] Stack(int inputs, IReadOnlyList<DenseOptions> options)
    {
        var layers = new DenseLayer[options.Count];
        var offset = 0;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new DenseLayer(inputs, options[i].Units, options[i].Activation, offset);
            offset += layers[i].Length;
            inputs = options[i].Units;
        }

        return layers;
    }

    // Glorot and Bengio, 2010: uniform within sqrt(6 / (fan in + fan out)), as Keras' default.
    public void Initialise(float[] weights, SeededRandom random)
    {
        var limit = Math.Sqrt(6.0 / (Inputs + Units));
        var kernel = Kernel(weights);
        for (var input = 0; input < Inputs; input++)
        {
            foreach (ref var weight in kernel.Slice(input * Width, Units))
            {
                weight = (float)(((2 * random.NextDouble()) - 1) * limit);
            }
        }
    }

    public DenseWeights Read(float[] weights)
    {
        var kernel = new float[Inputs * Units];
        for (var input = 0; input < Inputs; input++)
        {
            Kernel(weights).Slice(input * Width, Units).CopyTo(kernel.AsSpan(input * Units));
        }

        return new DenseWeights([.. kernel], [.. Bias(weights)[..Units]]);
    }

    public void Write(DenseWeights source, float[] weights)
    {
        for (var input = 0; input < Inputs; input++)
        {
            source.Kernel.AsSpan(input * Units, Units).CopyTo(Kernel(weights)[(input * Width)..]);
        }

        source.Bias.AsSpan().CopyTo(Bias(weights));
    }
}
