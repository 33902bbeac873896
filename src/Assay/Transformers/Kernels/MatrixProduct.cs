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
        var product = new Product(weights.Inputs, weights.Outputs, add);
        ref var input = ref MemoryMarshal.GetReference(x[..(rows * weights.Inputs)]);
        ref var output = ref MemoryMarshal.GetReference(y[..(rows * weights.Outputs)]);
        if (weights.Type == WeightType.F32)
        {
            Blocks(product, ref weights.Row(from), ref input, rows, ref Unsafe.Add(ref output, from), to - from);
            return;
        }

        if (rows == 1)
        {
            ref var narrow = ref weights.Row(from);
            ref var at = ref Unsafe.Add(ref output, from);
            if (weights.Type == WeightType.F16)
            {
                RowProduct.Multiply<HalfLanes>(product, ref narrow, ref input, ref at, to - from);
            }
            else
            {
                RowProduct.Multiply<BrainLanes>(product, ref narrow, ref input, ref at, to - from);
            }

            return;
        }

        var block = BlockOutputs(weights.Inputs);
        for (var first = from; first < to; first += block)
        {
            var count = Math.Min(block, to - first);
            Widening.Rows(weights, first, count, scratch);
            ref var wide = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(scratch));
            Blocks(product, ref wide, ref input, rows, ref Unsafe.Add(ref output, first), count);
        }
    }

    static int BlockOutputs(int inputs) => Math.Max(4, BlockValues / inputs / 4 * 4);

    static void Blocks(Product product, ref byte weights, ref float x, int rows, ref float y, int outputs)
    {
        var block = BlockOutputs(product.Inputs);
        for (var first = 0; first < outputs; first += block)
        {
            var count = Math.Min(block, outputs - first);
            ref var w = ref Unsafe.Add(ref weights, (nint)first * product.Inputs * sizeof(float));
            for (var row = 0; row < rows; row += RowBlock)
            {
                ref var to = ref Unsafe.Add(ref y, ((nint)row * product.Outputs) + first);
                Block(product, ref w, ref Unsafe.Add(ref x, (nint)row * product.Inputs), Math.Min(RowBlock, rows - row), ref to, count);
            }
        }
    }

    static void Block(Product product, ref byte weights, ref float x, int rows, ref float y, int outputs)
    {
        var wholeOutputs = outputs & ~3;
        var row = 0;
        if (rows >= 4)
        {
            for (var output = 0; output < wholeOutputs; output += 4)
            {
                ref var w = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref weights, (nint)output * product.Inputs * sizeof(float)));
                for (row = 0; row <= rows - 4; row += 4)
                {
                    TileProduct.Multiply(product, ref w, ref Unsafe.Add(ref x, (nint)row * product.Inputs), ref Unsafe.Add(ref y, ((nint)row * product.Outputs) + output));
                }
            }

            for (var rest = 0; rest < row && wholeOutputs < outputs; rest++)
            {
                One(product, ref weights, ref x, rest, ref y, wholeOutputs, outputs);
            }
        }

        for (; row < rows; row++)
        {
            One(product, ref weights, ref x, row, ref y, 0, outputs);
        }
    }

    static void One(Product product, ref byte weights, ref float x, int row, ref float y, int from, int to) => RowProduct.Multiply<SingleLanes>(
        product,
        ref Unsafe.Add(ref weights, (nint)from * product.Inputs * sizeof(float)),
        ref Unsafe.Add(ref x, (nint)row * product.Inputs),
        ref Unsafe.Add(ref y, ((nint)row * product.Outputs) + from),
        to - from);
}
