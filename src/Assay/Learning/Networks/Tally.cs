namespace Assay.Learning.Networks;

// The sums behind an epoch's scores.
struct Tally
{
    double _right, _absolute, _square;
    long _rows;

    public double Loss { get; private set; }

    public void AddLoss(double sum, int rows)
    {
        Loss += sum;
        _rows += rows;
    }

    // Crossentropies are given logits.
    public void Count(LossFamily family, in LossBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var values = batch.Row(row);
            switch (family)
            {
                case LossFamily.Categorical:
                    _right += Best(batch, row) == System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values) ? 1 : 0;
                    break;
                case LossFamily.Binary:
                    for (var unit = 0; unit < values.Length; unit++)
                    {
                        _right += (values[unit] > 0) == (batch.Target(row, unit) > 0.5) ? 1.0 / values.Length : 0;
                    }

                    break;
                case LossFamily.Numbers:
                default:
                    for (var unit = 0; unit < values.Length; unit++)
                    {
                        var error = values[unit] - batch.Target(row, unit);
                        _absolute += Math.Abs(error) / values.Length;
                        _square += error * error / values.Length;
                    }

                    break;
            }
        }
    }

    public readonly Scores Scores(LossFamily family) => family == LossFamily.Numbers
        ? new Scores(Loss / _rows, null, _absolute / _rows, _square / _rows)
        : new Scores(Loss / _rows, _right / _rows, null, null);

    static int Best(in LossBatch batch, int row)
    {
        var best = 0;
        for (var unit = 1; unit < batch.Units; unit++)
        {
            best = batch.Target(row, unit) > batch.Target(row, best) ? unit : best;
        }

        return best;
    }
}
