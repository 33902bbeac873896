using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Transformers.Kernels;

/// <summary>
/// y[row, output] (+)= sum over inputs of x[row, input] * w[output, input]. Each sum runs in sixteen lanes along the inputs, whatever the
/// number of rows, so that a row's bits do not depend on the rows beside it.
/// </summary>
static class MatrixProduct
{
    // Rows and outputs that are worked on together: their inputs stay in the first two levels of cache.
    const int RowBlock = 16;
    const int BlockValues = 1 << 15;

    /// <summary>How many floats of scratch a product over so many inputs needs.</summary>
    public static int Scratch(int inputs) => BlockOutputs(inputs) * inputs;

    /// <summary>Outputs [from, to) of each row; x has Inputs and y has Outputs numbers a row.</summary>
    public static void Multiply(WeightMatrix weights, ReadOnlySpan<float> x, int rows, Span<float> y, int from, int to, bool add, Span<float> scratch)
    {
        switch (weights.Type)
        {
            case WeightType.F32:
                Multiply<SingleLanes>(weights, x, rows, y, from, to, add, scratch);
                break;
            case WeightType.F16:
                Multiply<HalfLanes>(weights, x, rows, y, from, to, add, scratch);
                break;
            case WeightType.BF16:
            default:
                Multiply<BrainLanes>(weights, x, rows, y, from, to, add, scratch);
                break;
        }
    }

    // Few rows read the weights as they are; for more it pays to widen each weight once.
    static void Multiply<T>(WeightMatrix weights, ReadOnlySpan<float> x, int rows, Span<float> y, int from, int to, bool add, Span<float> scratch)
        where T : struct, IWeightLanes
    {
        var product = new Product(weights.Inputs, weights.Outputs, add);
        ref var input = ref MemoryMarshal.GetReference(x[..(rows * weights.Inputs)]);
        ref var output = ref MemoryMarshal.GetReference(y[..(rows * weights.Outputs)]);
        var block = rows == 1 ? to - from : BlockOutputs(weights.Inputs);
        for (var first = from; first < to; first += block)
        {
            var count = Math.Min(block, to - first);
            ref var narrow = ref weights.Row(first);
            ref var at = ref Unsafe.Add(ref output, first);
            if (rows == 1)
            {
                RowProduct.Multiply<T>(product, ref narrow, ref input, ref at, count);
            }
            else if (typeof(T) == typeof(SingleLanes))
            {
                Block(product, ref Unsafe.As<byte, float>(ref narrow), ref input, rows, ref at, count);
            }
            else
            {
                Widening.Rows(weights, first, count, scratch);
                Block(product, ref MemoryMarshal.GetReference(scratch), ref input, rows, ref at, count);
            }

            if (weights.Inputs % Lanes.Width != 0)
            {
                RestProduct.Add<T>(product, ref narrow, ref input, rows, ref at, count);
            }
        }
    }

    static int BlockOutputs(int inputs) => Math.Max(4, BlockValues / inputs / 4 * 4);

    static void Block(Product product, ref float weights, ref float x, int rows, ref float y, int outputs)
    {
        for (var row = 0; row < rows; row += RowBlock)
        {
            ref var from = ref Unsafe.Add(ref x, (nint)row * product.Inputs);
            ref var to = ref Unsafe.Add(ref y, (nint)row * product.Outputs);
            Rows(product, ref weights, ref from, Math.Min(RowBlock, rows - row), ref to, outputs);
        }
    }

    static void Rows(Product product, ref float weights, ref float x, int rows, ref float y, int outputs)
    {
        var (wholeRows, wholeOutputs) = (rows & ~3, outputs & ~3);
        for (var output = 0; output < wholeOutputs; output += 4)
        {
            ref var w = ref Unsafe.Add(ref weights, (nint)output * product.Inputs);
            for (var row = 0; row < wholeRows; row += 4)
            {
                TileProduct.Multiply(product, ref w, ref Unsafe.Add(ref x, (nint)row * product.Inputs), ref Unsafe.Add(ref y, ((nint)row * product.Outputs) + output));
            }
        }

        for (var row = 0; row < rows; row++)
        {
            var done = row < wholeRows ? wholeOutputs : 0;
            ref var w = ref Unsafe.As<float, byte>(ref Unsafe.Add(ref weights, (nint)done * product.Inputs));
            ref var from = ref Unsafe.Add(ref x, (nint)row * product.Inputs);
            RowProduct.Multiply<SingleLanes>(product, ref w, ref from, ref Unsafe.Add(ref y, ((nint)row * product.Outputs) + done), outputs - done);
        }
    }
}
