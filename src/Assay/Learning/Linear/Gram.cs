using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Learning.Linear;

// Adds Σ left(row) right(row)ᵀ to a symmetric matrix, the inner loop of every Newton step. Tiles of four rows by two vectors stay in
// registers while the rows of a block go by; tiles wholly below the diagonal are left out.
static class Gram
{
    const int TileRows = 4;

    /// <summary>Columns of a tile; the stride of what is multiplied is a multiple of it.</summary>
    public static int TileColumns => 2 * Vector<double>.Count;

    /// <summary>The least stride for so many columns.</summary>
    public static int Stride(int columns)
    {
        var step = Math.Max(TileRows, TileColumns);
        return (columns + step - 1) / step * step;
    }

    /// <param name="left">Row by row, <paramref name="stride"/> apart: weight times what is in <paramref name="right"/>.</param>
    /// <param name="right">Likewise.</param>
    /// <param name="stride">As of <see cref="Stride"/>.</param>
    /// <param name="sums">Upper triangle of a matrix with rows <paramref name="sumsStride"/> apart; parts below its diagonal may be written too.</param>
    /// <param name="sumsStride">At least <paramref name="stride"/>.</param>
    public static void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int stride, Span<double> sums, int sumsStride)
    {
        for (var row = 0; row < stride; row += TileRows)
        {
            for (var column = row / TileColumns * TileColumns; column < stride; column += TileColumns)
            {
                AddTile(left[row..], right[column..], stride, sums[((row * sumsStride) + column)..], sumsStride);
            }
        }
    }

    static void AddTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int stride, Span<double> sums, int sumsStride)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var (s0, t0, s1, t1) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (s2, t2, s3, t3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var at = 0; at < right.Length; at += stride)
        {
            var low = Vector.LoadUnsafe(ref b, (nuint)at);
            var high = Vector.LoadUnsafe(ref b, (nuint)(at + Vector<double>.Count));
            var each = new Vector<double>(Unsafe.Add(ref a, at));
            s0 = Vector.FusedMultiplyAdd(each, low, s0);
            t0 = Vector.FusedMultiplyAdd(each, high, t0);
            each = new Vector<double>(Unsafe.Add(ref a, at + 1));
            s1 = Vector.FusedMultiplyAdd(each, low, s1);
            t1 = Vector.FusedMultiplyAdd(each, high, t1);
            each = new Vector<double>(Unsafe.Add(ref a, at + 2));
            s2 = Vector.FusedMultiplyAdd(each, low, s2);
            t2 = Vector.FusedMultiplyAdd(each, high, t2);
            each = new Vector<double>(Unsafe.Add(ref a, at + 3));
            s3 = Vector.FusedMultiplyAdd(each, low, s3);
            t3 = Vector.FusedMultiplyAdd(each, high, t3);
        }

        AddRow(sums, s0, t0);
        AddRow(sums[sumsStride..], s1, t1);
        AddRow(sums[(2 * sumsStride)..], s2, t2);
        AddRow(sums[(3 * sumsStride)..], s3, t3);
    }

    static void AddRow(Span<double> sums, Vector<double> low, Vector<double> high)
    {
        (new Vector<double>(sums) + low).CopyTo(sums);
        var rest = sums[Vector<double>.Count..];
        (new Vector<double>(rest) + high).CopyTo(rest);
    }
}
