namespace Assay.Learning.Networks;

// gamma, beta. The scratch holds a row's normalised numbers, then 1 / its deviation.
sealed class LayerNormalizationLayer : Layer
{
    readonly double _epsilon;
    readonly Variable _gamma, _beta;

    public LayerNormalizationLayer(int units, LayerNormalization options, int offset)
        : base(units, units)
    {
        _epsilon = options.Epsilon;
        _gamma = new Variable("gamma", offset, 1, Units, Width, true);
        _beta = new Variable("beta", offset + Width, 1, Units, Width, true);
    }

    public override IReadOnlyList<Variable> Variables => [_gamma, _beta];

    public override int ScratchPerRow => Width + 1;

    public override void Initialise(float[] weights, SeededRandom random) => _gamma.In(weights)[..Units].Fill(1);

    public override void Forward(in LayerPass pass)
    {
        var gamma = _gamma.In(pass.Weights);
        var beta = _beta.In(pass.Weights);
        for (var row = 0; row < pass.Rows; row++)
        {
            var input = pass.Input.Slice(row * pass.InputStride, Units);
            var output = pass.Output.Slice(row * Width, Units);
            var (mean, inverse) = Moments(input);
            var scratch = pass.Training ? pass.Scratch.Slice(row * ScratchPerRow, ScratchPerRow) : [];
            for (var unit = 0; unit < Units; unit++)
            {
                var normal = (float)((input[unit] - mean) * inverse);
                output[unit] = (normal * gamma[unit]) + beta[unit];
                if (pass.Training)
                {
                    scratch[unit] = normal;
                }
            }

            if (pass.Training)
            {
                scratch[Width] = (float)inverse;
            }
        }
    }

    // With d = gamma * dy: dx = (d - mean d - normal * mean(d * normal)) / deviation.
    public override void Backward(in LayerPass pass)
    {
        var gamma = _gamma.In(pass.Weights);
        var gammaGradient = _gamma.In(pass.WeightGradient);
        var betaGradient = _beta.In(pass.WeightGradient);
        gammaGradient.Clear();
        betaGradient.Clear();
        for (var row = 0; row < pass.Rows; row++)
        {
            var normal = pass.Scratch.Slice(row * ScratchPerRow, ScratchPerRow);
            var gradient = pass.OutputGradient.Slice(row * Width, Units);
            var (sum, product) = (0.0, 0.0);
            for (var unit = 0; unit < Units; unit++)
            {
                gammaGradient[unit] += gradient[unit] * normal[unit];
                betaGradient[unit] += gradient[unit];
                gradient[unit] *= gamma[unit];
                sum += gradient[unit];
                product += (double)gradient[unit] * normal[unit];
            }

            for (var unit = 0; unit < Units && !pass.InputGradient.IsEmpty; unit++)
            {
                pass.InputGradient[(row * pass.InputStride) + unit] =
                    (float)((gradient[unit] - (sum / Units) - (normal[unit] * product / Units)) * normal[Width]);
            }
        }
    }

    (double Mean, double Inverse) Moments(ReadOnlySpan<float> row)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var x in row)
        {
            sum += x;
        }

        var mean = sum / row.Length;
        foreach (var x in row)
        {
            squares += (x - mean) * (x - mean);
        }

        return (mean, 1 / Math.Sqrt((squares / row.Length) + _epsilon));
    }
}
