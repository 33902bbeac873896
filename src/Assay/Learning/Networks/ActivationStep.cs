namespace Assay.Learning.Networks;

// An activation between two layers.
sealed class ActivationStep(int units, Activation activation) : Layer(units, units)
{
    public override void Forward(in LayerPass pass)
    {
        for (var row = 0; row < pass.Rows; row++)
        {
            Activations.Apply(activation, pass.Input.Slice(row * pass.InputStride, Units), pass.Output.Slice(row * Width, Units));
        }
    }

    public override void Backward(in LayerPass pass)
    {
        for (var row = 0; row < pass.Rows && !pass.InputGradient.IsEmpty; row++)
        {
            var gradient = pass.InputGradient.Slice(row * pass.InputStride, Units);
            pass.OutputGradient.Slice(row * Width, Units).CopyTo(gradient);
            Activations.Backward(activation, pass.Input.Slice(row * pass.InputStride, Units), pass.Output.Slice(row * Width, Units), gradient);
        }
    }
}
