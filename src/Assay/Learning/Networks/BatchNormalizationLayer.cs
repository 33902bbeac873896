namespace Assay.Learning.Networks;

// gamma, beta; moving mean and variance. The scratch holds the normalised numbers of every row, then 1 / deviation of every unit.
sealed class BatchNormalizationLayer : Layer
{
    readonly BatchNormalization _options;
    readonly Variable _gamma, _beta, _mean, _variance;

    public BatchNormalizationLayer(int units, BatchNormalization options, int offset, int statistics)
        : base(units, units)
    {
        _options = options;
        _gamma = new Variable("gamma", offset, 1, Units, Width, true);
        _beta = new Variable("beta", offset + Width, 1, Units, Width, true);
        _mean = new Variable("moving_mean", statistics, 1, Units, Width, true);
        _variance = new Variable("moving_variance", statistics + Width, 1, Units, Width, true);
    }

    public override IReadOnlyList<Variable> Variables => [_gamma, _beta];

    public override IReadOnlyList<Variable> Statistics => [_mean, _variance];

    public override int ScratchPerRow => Width;

    public override int Scratch => Width;

    public override void Initialise(float[] weights, SeededRandom random)
    {
        _gamma.In(weights)[..Units].Fill(1);
        _variance.In(weights)[..Units].Fill(1);
    }

    public override void Forward(in LayerPass pass)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            var (mean, variance) = pass.Training ? Learn(pass, unit) : (_mean.In(pass.Weights)[unit], _variance.In(pass.Weights)[unit]);
            var inverse = (float)(1 / Math.Sqrt(variance + _options.Epsilon));
            var (gamma, beta) = (_gamma.In(pass.Weights)[unit], _beta.In(pass.Weights)[unit]);
            for (var row = 0; row < pass.Rows; row++)
            {
                var normal = (float)((pass.Input[(row * pass.InputStride) + unit] - mean) * inverse);
                pass.Output[(row * Width) + unit] = (normal * gamma) + beta;
                if (pass.Training)
                {
                    pass.Scratch[(row * Width) + unit] = normal;
                }
            }

            if (pass.Training)
            {
                pass.Scratch[(pass.Rows * Width) + unit] = inverse;
            }
        }
    }

    // dx = gamma / deviation * (dy - mean dy - normal * mean(dy * normal)).
    public override void Backward(in LayerPass pass)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            var (sum, product) = (0.0, 0.0);
            for (var row = 0; row < pass.Rows; row++)
            {
                var at = (row * Width) + unit;
                sum += pass.OutputGradient[at];
                product += (double)pass.OutputGradient[at] * pass.Scratch[at];
            }

            _beta.In(pass.WeightGradient)[unit] = (float)sum;
            _gamma.In(pass.WeightGradient)[unit] = (float)product;
            var scale = _gamma.In(pass.Weights)[unit] * pass.Scratch[(pass.Rows * Width) + unit];
            for (var row = 0; row < pass.Rows && !pass.InputGradient.IsEmpty; row++)
            {
                var at = (row * Width) + unit;
                pass.InputGradient[(row * pass.InputStride) + unit] =
                    (float)(scale * (pass.OutputGradient[at] - (sum / pass.Rows) - (pass.Scratch[at] * product / pass.Rows)));
            }
        }
    }

    (double Mean, double Variance) Learn(in LayerPass pass, int unit)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var row = 0; row < pass.Rows; row++)
        {
            sum += pass.Input[(row * pass.InputStride) + unit];
        }

        var mean = sum / pass.Rows;
        for (var row = 0; row < pass.Rows; row++)
        {
            var distance = pass.Input[(row * pass.InputStride) + unit] - mean;
            squares += distance * distance;
        }

        var variance = squares / pass.Rows;
        Move(ref _mean.In(pass.Weights)[unit], mean);
        Move(ref _variance.In(pass.Weights)[unit], variance);
        return (mean, variance);
    }

    void Move(ref float moving, double value) => moving = (float)((_options.Momentum * moving) + ((1 - _options.Momentum) * value));
}
