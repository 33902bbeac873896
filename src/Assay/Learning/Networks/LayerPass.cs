namespace Assay.Learning.Networks;

// What a layer is given of one batch. Input rows are InputStride apart, Output rows the layer's Width.
readonly ref struct LayerPass
{
    public required int Rows { get; init; }

    public required float[] Weights { get; init; }

    public required ReadOnlySpan<float> Input { get; init; }

    public required int InputStride { get; init; }

    public required Span<float> Output { get; init; }

    // Null when predicting; then Scratch may be empty.
    public SeededRandom? Random { get; init; }

    public bool Training { get; init; }

    public Span<float> Scratch { get; init; }

    // Only in Backward.
    public float[] WeightGradient { get; init; }

    public Span<float> OutputGradient { get; init; }

    public Span<float> InputGradient { get; init; }
}
