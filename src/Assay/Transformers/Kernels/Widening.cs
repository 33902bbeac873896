using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>Weights of any type to float32, exactly.</summary>
static class Widening
{
    /// <summary>Rows of the matrix, one after the other.</summary>
    public static void Rows(WeightMatrix weights, int first, int count, Span<float> to)
    {
        var values = to[..(count * weights.Inputs)];
        ref var from = ref weights.Row(first);
        switch (weights.Type)
        {
            case WeightType.F32:
                Run<SingleLanes>(ref from, values);
                break;
            case WeightType.F16:
                Run<HalfLanes>(ref from, values);
                break;
            case WeightType.BF16:
            default:
                Run<BrainLanes>(ref from, values);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<T>(ref byte from, Span<float> to)
        where T : struct, IWeightLanes
    {
        ref var start = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - Lanes.Width; i += Lanes.Width)
        {
            T.Load(ref Unsafe.Add(ref from, (nint)i * T.Size)).StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < to.Length; i++)
        {
            to[i] = T.LoadOne(ref Unsafe.Add(ref from, (nint)i * T.Size));
        }
    }
}
