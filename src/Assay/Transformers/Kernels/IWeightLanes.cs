using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>Reads weights of one type as float32, exactly.</summary>
interface IWeightLanes
{
    static abstract int Size { get; }

    static abstract Vector512<float> Load(ref byte at);

    static abstract float LoadOne(ref byte at);
}

readonly struct SingleLanes : IWeightLanes
{
    public static int Size => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref byte at) => Unsafe.ReadUnaligned<Vector512<float>>(ref at);

    public static float LoadOne(ref byte at) => Unsafe.ReadUnaligned<float>(ref at);
}

readonly struct BrainLanes : IWeightLanes
{
    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref byte at)
    {
        var (low, high) = Vector256.Widen(Unsafe.ReadUnaligned<Vector256<ushort>>(ref at));
        return (Vector512.Create(low, high) << 16).AsSingle();
    }

    public static float LoadOne(ref byte at) => BitConverter.UInt32BitsToSingle((uint)Unsafe.ReadUnaligned<ushort>(ref at) << 16);
}

// The exponent and the mantissa of a half, moved to their places in a float32, are the number times 2^-112, also where it is subnormal: one
// exact multiplication widens it. (An infinity becomes 65536: no weight is one.)
readonly struct HalfLanes : IWeightLanes
{
    const float Scale = 5.192296858534828e33f;
    const uint Kept = 0x8FFFE000;

    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref byte at)
    {
        var wide = Widened(Unsafe.ReadUnaligned<Vector256<short>>(ref at));
        return ((wide << 13).AsUInt32() & Vector512.Create(Kept)).AsSingle() * Vector512.Create(Scale);
    }

    public static float LoadOne(ref byte at)
    {
        var bits = (uint)(Unsafe.ReadUnaligned<short>(ref at) << 13) & Kept;
        return BitConverter.UInt32BitsToSingle(bits) * Scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<int> Widened(Vector256<short> values)
    {
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
        {
            return System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector512Int32(values);
        }

        var (low, high) = Vector256.Widen(values);
        return Vector512.Create(low, high);
    }
}
