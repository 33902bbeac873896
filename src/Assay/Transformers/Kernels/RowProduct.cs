using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>One row of x by several outputs, four at a time, whole vectors of inputs only: the product of decoding one sequence.</summary>
static class RowProduct
{
    public static void Multiply<T>(Product product, ref byte weights, ref float x, ref float y, int outputs)
        where T : struct, IWeightLanes
    {
        var stride = (nint)product.Inputs * T.Size;
        var output = 0;
        for (; output <= outputs - 4; output += 4)
        {
            ref var w = ref Unsafe.Add(ref weights, output * stride);
            var sums = Four<T>(product.Inputs, ref w, ref x);
            ref var to = ref Unsafe.Add(ref y, output);
            (product.Add ? sums + Vector128.LoadUnsafe(ref to) : sums).StoreUnsafe(ref to);
        }

        for (; output < outputs; output++)
        {
            var sum = One<T>(product.Inputs, ref Unsafe.Add(ref weights, output * stride), ref x);
            ref var to = ref Unsafe.Add(ref y, output);
            to = product.Add ? sum + to : sum;
        }
    }

    // No call may follow the loop: vectors that live across one are stored in each turn.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static Vector128<float> Four<T>(int inputs, ref byte w, ref float x)
        where T : struct, IWeightLanes
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        var stride = (nint)inputs * T.Size;
        var whole = inputs & ~(Lanes.Width - 1);
        ref var w2 = ref Unsafe.Add(ref w, 2 * stride);
        for (nint i = 0; i < whole; i += Lanes.Width)
        {
            var lanes = Vector512.LoadUnsafe(ref x, (nuint)i);
            var at = i * T.Size;
            a = Vector512.FusedMultiplyAdd(lanes, T.Load(ref Unsafe.Add(ref w, at)), a);
            b = Vector512.FusedMultiplyAdd(lanes, T.Load(ref Unsafe.Add(ref w, at + stride)), b);
            c = Vector512.FusedMultiplyAdd(lanes, T.Load(ref Unsafe.Add(ref w2, at)), c);
            d = Vector512.FusedMultiplyAdd(lanes, T.Load(ref Unsafe.Add(ref w2, at + stride)), d);
        }

        return Lanes.Sums(a, b, c, d);
    }

    static float One<T>(int inputs, ref byte w, ref float x)
        where T : struct, IWeightLanes
    {
        Vector512<float> sum = default;
        for (nint i = 0; i <= inputs - Lanes.Width; i += Lanes.Width)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)i), T.Load(ref Unsafe.Add(ref w, i * T.Size)), sum);
        }

        return Lanes.Sum(sum);
    }
}
