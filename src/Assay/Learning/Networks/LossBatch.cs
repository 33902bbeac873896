namespace Assay.Learning.Networks;

// One batch as a loss sees it. Values: [rows, width], logits for the cross-entropies, else outputs; the first `units` columns count.
// Targets: [rows, perRow], a class's index (perRow 1) or one number per unit. Weights: one per row, or empty for 1.
readonly ref struct LossBatch(ReadOnlySpan<float> values, Span<float> gradient, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, int units, int width)
{
    readonly ReadOnlySpan<float> _values = values;
    readonly Span<float> _gradient = gradient;
    readonly ReadOnlySpan<float> _targets = targets;
    readonly ReadOnlySpan<float> _weights = weights;

    public int Rows { get; } = values.Length / width;

    public int Units { get; } = units;

    // Whether the target of a row is its class's index.
    public bool Indexed { get; } = units > 1 && targets.Length * width == values.Length;

    public ReadOnlySpan<float> Row(int row) => _values.Slice(row * width, Units);

    public Span<float> Gradient(int row) => _gradient.Slice(row * width, Units);

    public double Weight(int row) => _weights.IsEmpty ? 1 : _weights[row];

    // Share of class or unit `unit` in the row's target.
    public double Target(int row, int unit) => Indexed ? (int)_targets[row] == unit ? 1 : 0 : _targets[(row * Units) + unit];

    // The mean over a row's units of a loss of one number.
    public double OverUnits<T>(T loss)
        where T : struct, IUnitLoss
    {
        var sum = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            var values = Row(row);
            var gradient = Gradient(row);
            var (rowLoss, scale) = (0.0, Weight(row) / ((double)Units * Rows));
            for (var unit = 0; unit < values.Length; unit++)
            {
                var (value, slope) = loss.At(Target(row, unit), values[unit]);
                rowLoss += value;
                gradient[unit] = (float)(slope * scale);
            }

            sum += Weight(row) * rowLoss / Units;
        }

        return sum;
    }
}

// The loss of one number and its slope by that number.
interface IUnitLoss
{
    (double Loss, double Slope) At(double target, double value);
}
