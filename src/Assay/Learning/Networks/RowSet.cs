namespace Assay.Learning.Networks;

// Rows for training or for judging. Targets: PerRow of each row. Weights: one per row, or empty for 1.
readonly ref struct RowSet
{
    public required ReadOnlySpan<float> Features { get; init; }

    public required int Inputs { get; init; }

    public required ReadOnlySpan<float> Targets { get; init; }

    public required int PerRow { get; init; }

    public ReadOnlySpan<float> Weights { get; init; }

    public int Count => Targets.Length / PerRow;

    public int Length => Count;

    public RowSet Slice(int start, int count) => new()
    {
        Features = Features.Slice(start * Inputs, count * Inputs),
        Inputs = Inputs,
        Targets = Targets.Slice(start * PerRow, count * PerRow),
        PerRow = PerRow,
        Weights = Weights.IsEmpty ? [] : Weights.Slice(start, count),
    };
}
