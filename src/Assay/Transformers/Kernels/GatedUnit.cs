using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>SwiGLU's middle: gate = gate / (1 + exp(-gate)) * up, in place.</summary>
static class GatedUnit
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> gate, ReadOnlySpan<float> up)
    {
        ref var g = ref MemoryMarshal.GetReference(gate);
        ref var u = ref MemoryMarshal.GetReference(up[..gate.Length]);
        var i = 0;
        for (; i <= gate.Length - Lanes.Width; i += Lanes.Width)
        {
            Gated(Vector512.LoadUnsafe(ref g, (nuint)i), Vector512.LoadUnsafe(ref u, (nuint)i)).StoreUnsafe(ref g, (nuint)i);
        }

        if (i < gate.Length)
        {
            Span<float> rest = stackalloc float[2 * Lanes.Width];
            rest.Clear();
            gate[i..].CopyTo(rest);
            up[i..gate.Length].CopyTo(rest[Lanes.Width..]);
            Gated(Vector512.Create(rest[..Lanes.Width]), Vector512.Create(rest[Lanes.Width..])).CopyTo(rest);
            rest[..(gate.Length - i)].CopyTo(gate[i..]);
        }
    }

    static Vector512<float> Gated(Vector512<float> gate, Vector512<float> up) => gate / (Vector512<float>.One + Vector512.Exp(-gate)) * up;
}
