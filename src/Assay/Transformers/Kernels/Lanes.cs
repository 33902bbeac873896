using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Assay.Transformers.Kernels;

/// <summary>
/// Sixteen running sums to one number, always in the same order: eights, fours, then (0 + 2) + (1 + 3). Whatever the shape of the
/// tile that a sum was made in, its bits are the same.
/// </summary>
static class Lanes
{
    /// <summary>Numbers in a vector.</summary>
    public const int Width = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes)
    {
        var four = Fours(lanes);
        return four[0] + four[2] + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        if (!Sse.IsSupported)
        {
            return Vector128.Create(Sum(a), Sum(b), Sum(c), Sum(d));
        }

        var (a4, b4, c4, d4) = (Fours(a), Fours(b), Fours(c), Fours(d));
        var ab = Sse.UnpackLow(a4, b4) + Sse.UnpackHigh(a4, b4);
        var cd = Sse.UnpackLow(c4, d4) + Sse.UnpackHigh(c4, d4);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Fours(Vector512<float> lanes)
    {
        var eight = lanes.GetLower() + lanes.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }
}
