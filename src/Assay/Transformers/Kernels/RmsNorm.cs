using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>y = x / sqrt(mean(x^2) + epsilon) * weight, of one row.</summary>
static class RmsNorm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, float epsilon, Span<float> y)
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var by = ref MemoryMarshal.GetReference(weight[..x.Length]);
        ref var to = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector512<float> even = default, odd = default;
        var i = 0;
        for (; i <= x.Length - (2 * Lanes.Width); i += 2 * Lanes.Width)
        {
            var (a, b) = (Vector512.LoadUnsafe(ref from, (nuint)i), Vector512.LoadUnsafe(ref from, (nuint)(i + Lanes.Width)));
            even = Vector512.FusedMultiplyAdd(a, a, even);
            odd = Vector512.FusedMultiplyAdd(b, b, odd);
        }

        var sum = Lanes.Sum(even + odd);
        for (; i < x.Length; i++)
        {
            sum += x[i] * x[i];
        }

        var scale = 1 / MathF.Sqrt((sum / x.Length) + epsilon);
        for (i = 0; i <= x.Length - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.LoadUnsafe(ref from, (nuint)i) * scale * Vector512.LoadUnsafe(ref by, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = x[i] * scale * weight[i];
        }
    }
}
