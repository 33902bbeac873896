using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Learning.Networks;

// Matrix products in float32. Every element of a result is one chain of fused multiply-adds over the depth, in order: its bits depend
// neither on the number of rows computed with it nor on the width of the machine's vectors.
static class Kernels
{
    // Columns of one tile: two vectors wide, four rows high, its eight sums stay in registers.
    public static readonly int TileWidth = 2 * Vector<float>.Count;

    // Rows of B and C are padded to whole tiles, so no kernel has a ragged edge.
    public static int Padded(int columns) => (columns + TileWidth - 1) / TileWidth * TileWidth;

    // C = A * B + start, A [rows, depth] with rows `stride` apart; B [depth, width]; C [rows, width]; start one row, or empty for zero.
    public static void Multiply(
        ReadOnlySpan<float> a, int stride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, int rows, int depth, int width) =>
        Tiles(new Left(a, stride, 1), b, start, c, new Shape(rows, depth, width));

    // C = transpose(A) * B, A [depth, rows] with rows `stride` apart; B [depth, width]; C [rows, width].
    public static void MultiplyTransposed(
        ReadOnlySpan<float> a, int stride, ReadOnlySpan<float> b, Span<float> c, int rows, int depth, int width) =>
        Tiles(new Left(a, 1, stride), b, [], c, new Shape(rows, depth, width));

    // The transpose of the first `columns` columns of A [rows, stride], into rows `width` long whose padding is left as it is.
    public static void Transpose(ReadOnlySpan<float> a, int rows, int columns, int stride, Span<float> result, int width)
    {
        for (var column = 0; column < columns; column++)
        {
            var target = result.Slice(column * width, rows);
            for (var row = 0; row < target.Length; row++)
            {
                target[row] = a[(row * stride) + column];
            }
        }
    }

    // Sums over the rows of A [rows, width].
    public static void ColumnSums(ReadOnlySpan<float> a, int rows, Span<float> sums)
    {
        for (var column = 0; column < sums.Length; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var row = 0; row < rows; row++)
            {
                sum += new Vector<float>(a[((row * sums.Length) + column)..]);
            }

            sum.CopyTo(sums[column..]);
        }
    }

    static void Tiles(Left a, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, Shape shape)
    {
        var (rows, depth, width) = shape;
        if (width % TileWidth != 0 || b.Length < depth * width || c.Length < rows * width || !a.Holds(rows, depth))
        {
            throw new ArgumentException("The spans do not hold the matrices.");
        }

        for (var column = 0; column < width; column += TileWidth)
        {
            var (left, right) = start.IsEmpty
                ? (Vector<float>.Zero, Vector<float>.Zero)
                : (new Vector<float>(start[column..]), new Vector<float>(start[(column + Vector<float>.Count)..]));
            ref var bTile = ref MemoryMarshal.GetReference(b[column..]);
            ref var cTile = ref MemoryMarshal.GetReference(c[column..]);
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                FourRows(a, row, ref bTile, ref cTile, shape, left, right);
            }

            for (; row < rows; row++)
            {
                OneRow(a, row, ref bTile, ref cTile, shape, left, right);
            }
        }
    }

    static void FourRows(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector<float> left, Vector<float> right)
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
            var b0 = Vector.LoadUnsafe(ref b, bAt);
            var b1 = Vector.LoadUnsafe(ref b, bAt + (nuint)Vector<float>.Count);
            var x = new Vector<float>(Unsafe.Add(ref a0, at));
            s00 = Vector.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector.FusedMultiplyAdd(x, b1, s01);
            x = new Vector<float>(Unsafe.Add(ref a1, at));
            s10 = Vector.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector.FusedMultiplyAdd(x, b1, s11);
            x = new Vector<float>(Unsafe.Add(ref a2, at));
            s20 = Vector.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector.FusedMultiplyAdd(x, b1, s21);
            x = new Vector<float>(Unsafe.Add(ref a3, at));
            s30 = Vector.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector.FusedMultiplyAdd(x, b1, s31);
            at += step;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, s00, s01);
        Store(ref c, (nuint)(row + 1) * width, s10, s11);
        Store(ref c, (nuint)(row + 2) * width, s20, s21);
        Store(ref c, (nuint)(row + 3) * width, s30, s31);
    }

    static void OneRow(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector<float> left, Vector<float> right)
    {
        ref var a0 = ref a.Row(row);
        var (at, bAt, width) = ((nuint)0, (nuint)0, (nuint)shape.Width);
        for (var k = 0; k < shape.Depth; k++)
        {
            var x = new Vector<float>(Unsafe.Add(ref a0, at));
            left = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, bAt), left);
            right = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, bAt + (nuint)Vector<float>.Count), right);
            at += (nuint)a.DepthStep;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, left, right);
    }

    static void Store(ref float c, nuint at, Vector<float> left, Vector<float> right)
    {
        left.StoreUnsafe(ref c, at);
        right.StoreUnsafe(ref c, at + (nuint)Vector<float>.Count);
    }

    readonly record struct Shape(int Rows, int Depth, int Width);

    // The left factor, read one number at a time: element (row, k) stands at row * RowStep + k * DepthStep.
    readonly ref struct Left(ReadOnlySpan<float> values, int rowStep, int depthStep)
    {
        readonly ReadOnlySpan<float> _values = values;

        public int DepthStep => depthStep;

        public ref float Row(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), row * rowStep);

        public bool Holds(int rows, int depth) => ((rows - 1) * rowStep) + ((depth - 1) * depthStep) < _values.Length;
    }
}
