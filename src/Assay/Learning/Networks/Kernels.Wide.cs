using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Learning.Networks;

// The same chains of multiply-adds by AVX-512: tiles of eight rows and two vectors, whose sixteen sums stay in registers.
static partial class Kernels
{
    static void WideTiles(in Left a, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, in Shape shape)
    {
        var (left, right) = start.IsEmpty
            ? (Vector512<float>.Zero, Vector512<float>.Zero)
            : (Vector512.Create(start), Vector512.Create(start[Vector512<float>.Count..]));
        ref var bTile = ref MemoryMarshal.GetReference(b);
        ref var cTile = ref MemoryMarshal.GetReference(c);
        var row = 0;
        for (; row <= shape.Rows - 8; row += 8)
        {
            EightRows(a, row, ref bTile, ref cTile, shape, left, right);
        }

        for (; row <= shape.Rows - 4; row += 4)
        {
            FourRows(a, row, ref bTile, ref cTile, shape, left, right);
        }

        for (; row < shape.Rows; row++)
        {
            OneRow(a, row, ref bTile, ref cTile, shape, left, right);
        }
    }

    static void EightRows(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector512<float> left, Vector512<float> right)
    {
        var (s00, s01, s10, s11) = (left, right, left, right);
        var (s20, s21, s30, s31) = (left, right, left, right);
        var (s40, s41, s50, s51) = (left, right, left, right);
        var (s60, s61, s70, s71) = (left, right, left, right);
        ref var a0 = ref a.Row(row);
        ref var a1 = ref a.Row(row + 1);
        ref var a2 = ref a.Row(row + 2);
        ref var a3 = ref a.Row(row + 3);
        ref var a4 = ref a.Row(row + 4);
        ref var a5 = ref a.Row(row + 5);
        ref var a6 = ref a.Row(row + 6);
        ref var a7 = ref a.Row(row + 7);
        var (at, bAt, step, width) = ((nuint)0, (nuint)0, (nuint)a.DepthStep, (nuint)shape.Width);
        for (var k = 0; k < shape.Depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b, bAt);
            var b1 = Vector512.LoadUnsafe(ref b, bAt + (nuint)Vector512<float>.Count);
            var x = Vector512.Create(Unsafe.Add(ref a0, at));
            s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
            x = Vector512.Create(Unsafe.Add(ref a1, at));
            s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
            x = Vector512.Create(Unsafe.Add(ref a2, at));
            s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
            x = Vector512.Create(Unsafe.Add(ref a3, at));
            s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
            x = Vector512.Create(Unsafe.Add(ref a4, at));
            s40 = Vector512.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(x, b1, s41);
            x = Vector512.Create(Unsafe.Add(ref a5, at));
            s50 = Vector512.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(x, b1, s51);
            x = Vector512.Create(Unsafe.Add(ref a6, at));
            s60 = Vector512.FusedMultiplyAdd(x, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(x, b1, s61);
            x = Vector512.Create(Unsafe.Add(ref a7, at));
            s70 = Vector512.FusedMultiplyAdd(x, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(x, b1, s71);
            at += step;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, s00, s01, shape.Floor);
        Store(ref c, (nuint)(row + 1) * width, s10, s11, shape.Floor);
        Store(ref c, (nuint)(row + 2) * width, s20, s21, shape.Floor);
        Store(ref c, (nuint)(row + 3) * width, s30, s31, shape.Floor);
        Store(ref c, (nuint)(row + 4) * width, s40, s41, shape.Floor);
        Store(ref c, (nuint)(row + 5) * width, s50, s51, shape.Floor);
        Store(ref c, (nuint)(row + 6) * width, s60, s61, shape.Floor);
        Store(ref c, (nuint)(row + 7) * width, s70, s71, shape.Floor);
    }

    static void FourRows(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector512<float> left, Vector512<float> right)
    {
        var (s00, s01, s10, s11) = (left, right, left, right);
        var (s20, s21, s30, s31) = (left, right, left, right);
        ref var a0 = ref a.Row(row);
        ref var a1 = ref a.Row(row + 1);
        ref var a2 = ref a.Row(row + 2);
        ref var a3 = ref a.Row(row + 3);
        var (at, bAt, step, width) = ((nuint)0, (nuint)0, (nuint)a.DepthStep, (nuint)shape.Width);
        for (var k = 0; k < shape.Depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b, bAt);
            var b1 = Vector512.LoadUnsafe(ref b, bAt + (nuint)Vector512<float>.Count);
            var x = Vector512.Create(Unsafe.Add(ref a0, at));
            s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
            x = Vector512.Create(Unsafe.Add(ref a1, at));
            s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
            x = Vector512.Create(Unsafe.Add(ref a2, at));
            s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
            x = Vector512.Create(Unsafe.Add(ref a3, at));
            s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
            at += step;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, s00, s01, shape.Floor);
        Store(ref c, (nuint)(row + 1) * width, s10, s11, shape.Floor);
        Store(ref c, (nuint)(row + 2) * width, s20, s21, shape.Floor);
        Store(ref c, (nuint)(row + 3) * width, s30, s31, shape.Floor);
    }

    static void OneRow(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector512<float> left, Vector512<float> right)
    {
        ref var a0 = ref a.Row(row);
        var (at, bAt, width) = ((nuint)0, (nuint)0, (nuint)shape.Width);
        for (var k = 0; k < shape.Depth; k++)
        {
            var x = Vector512.Create(Unsafe.Add(ref a0, at));
            left = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, bAt), left);
            right = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, bAt + (nuint)Vector512<float>.Count), right);
            at += (nuint)a.DepthStep;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, left, right, shape.Floor);
    }

    static void Store(ref float c, nuint at, Vector512<float> left, Vector512<float> right, float floor)
    {
        Vector512.Max(left, Vector512.Create(floor)).StoreUnsafe(ref c, at);
        Vector512.Max(right, Vector512.Create(floor)).StoreUnsafe(ref c, at + (nuint)Vector512<float>.Count);
    }
}
