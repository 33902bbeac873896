using System.Runtime.CompilerServices;

namespace Assay.Transformers.Kernels;

/// <summary>Adds the products of the inputs after the last whole vector, in their order: few models have such sizes.</summary>
static class RestProduct
{
    public static void Add<T>(Product product, ref byte weights, ref float x, int rows, ref float y, int outputs)
        where T : struct, IWeightLanes
    {
        for (var row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref x, (nint)row * product.Inputs);
            ref var to = ref Unsafe.Add(ref y, (nint)row * product.Outputs);
            for (var output = 0; output < outputs; output++)
            {
                Unsafe.Add(ref to, output) += Sum<T>(product.Inputs, ref Unsafe.Add(ref weights, (nint)output * product.Inputs * T.Size), ref from);
            }
        }
    }

    static float Sum<T>(int inputs, ref byte w, ref float x)
        where T : struct, IWeightLanes
    {
        var sum = 0f;
        for (nint i = inputs & ~(Lanes.Width - 1); i < inputs; i++)
        {
            sum = float.FusedMultiplyAdd(Unsafe.Add(ref x, i), T.LoadOne(ref Unsafe.Add(ref w, i * T.Size)), sum);
        }

        return sum;
    }
}
