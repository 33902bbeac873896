namespace Assay.Learning.Networks;

// A tensor among the network's weights: [rows, units] with rows `width` apart.
readonly record struct Variable(string Name, int Offset, int Rows, int Units, int Width, bool IsVector)
{
    public int Length => Rows * Width;

    public int[] Shape => IsVector ? [Units] : [Rows, Units];

    public Span<float> In(float[] weights) => weights.AsSpan(Offset, Length);

    public NamedTensor Read(float[] weights, string prefix)
    {
        var values = new float[Rows * Units];
        for (var row = 0; row < Rows; row++)
        {
            weights.AsSpan(Offset + (row * Width), Units).CopyTo(values.AsSpan(row * Units));
        }

        return new NamedTensor(prefix + Name, Shape, values);
    }

    public void Write(NamedTensor source, float[] weights)
    {
        if (!source.Shape.AsSpan().SequenceEqual(Shape) || source.Values.Length != Rows * Units)
        {
            throw new FormatException($"tensor '{source.Name}' does not have the shape of its layer");
        }

        for (var row = 0; row < Rows; row++)
        {
            source.Values.AsSpan(row * Units, Units).CopyTo(weights.AsSpan(Offset + (row * Width)));
        }
    }

    public void Fill(float[] weights, Initializer initializer, SeededRandom random, int fanIn, int fanOut)
    {
        for (var row = 0; row < Rows; row++)
        {
            foreach (ref var weight in weights.AsSpan(Offset + (row * Width), Units))
            {
                weight = initializer.Draw(random, fanIn, fanOut);
            }
        }
    }
}
