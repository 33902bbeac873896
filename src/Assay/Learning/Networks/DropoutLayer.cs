namespace Assay.Learning.Networks;

// The scratch holds the factor of every number: 0 or 1 / (1 - rate).
sealed class DropoutLayer(int units, double rate) : Layer(units, units)
{
    public override int ScratchPerRow => Width;

    public override void Forward(in LayerPass pass)
    {
        var kept = (float)(1 / (1 - rate));
        for (var row = 0; row < pass.Rows; row++)
        {
            var output = pass.Output.Slice(row * Width, Units);
            pass.Input.Slice(row * pass.InputStride, Units).CopyTo(output);
            for (var unit = 0; pass.Training && unit < output.Length; unit++)
            {
                var factor = pass.Random!.NextDouble() < rate ? 0 : kept;
                pass.Scratch[(row * Width) + unit] = factor;
                output[unit] *= factor;
            }
        }
    }

    public override void Backward(in LayerPass pass)
    {
        for (var row = 0; row < pass.Rows && !pass.InputGradient.IsEmpty; row++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                pass.InputGradient[(row * pass.InputStride) + unit] = pass.OutputGradient[(row * Width) + unit] * pass.Scratch[(row * Width) + unit];
            }
        }
    }
}
