using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

// Keras' three ways to cut a gradient down (keras/src/optimizers/base_optimizer.py).
sealed class Clipping(OptimizerOptions options, ImmutableArray<Variable> variables)
{
    public void Apply(float[] gradient)
    {
        if (options.ClipValue is { } most)
        {
            TensorPrimitives.Clamp(gradient, -(float)most, (float)most, gradient);
        }
        else if (options.GlobalClipNorm is { } global)
        {
            ScaleTo(gradient, global);
        }
        else if (options.ClipNorm is { } each)
        {
            foreach (var variable in variables)
            {
                ScaleTo(variable.In(gradient), each);
            }
        }
    }

    static void ScaleTo(Span<float> gradient, double norm)
    {
        var found = TensorPrimitives.Norm<float>(gradient);
        if (found > norm)
        {
            TensorPrimitives.Multiply(gradient, (float)(norm / found), gradient);
        }
    }
}
