using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Learning.Networks;

// Matrix products in float32. Every element of a result is one chain of fused multiply-adds over the depth, in order: its bits depend
// neither on the number of rows computed with it nor on the width of the machine's vectors.
static partial class Kernels
{
    // Columns of one tile: two vectors wide, four rows high, its eight sums stay in registers.
    public const int TileWidth = 16;

    // Rows of B and C are padded to whole tiles, so no kernel has a ragged edge.
    public static int Padded(int columns) => (columns + TileWidth - 1) / TileWidth * TileWidth;

    // C = max(A * B + start, floor), A [rows, depth] with rows `stride` apart; B [depth, width]; C [rows, width]; start one row, or empty for
    // zero; floor 0 for relu. NaN stays NaN: a broken network must show, not turn into zeros.
    public static void Multiply(
        ReadOnlySpan<float> a, int stride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, int rows, int depth, int width, float floor = float.NegativeInfinity) =>
        Tiles(new Left(a, stride, 1), b, start, c, new Shape(rows, depth, width, floor));

    // C = transpose(A) * B, A [depth, rows] with rows `stride` apart; B [depth, width]; C [rows, width].
    public static void MultiplyTransposed(
        ReadOnlySpan<float> a, int stride, ReadOnlySpan<float> b, Span<float> c, int rows, int depth, int width) =>
        Tiles(new Left(a, 1, stride), b, [], c, new Shape(rows, depth, width, float.NegativeInfinity));

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
        for (var column = 0; column < sums.Length; column += Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var row = 0; row < rows; row++)
            {
                sum += Vector256.Create(a[((row * sums.Length) + column)..]);
            }

            sum.CopyTo(sums[column..]);
        }
    }

    static void Tiles(in Left a, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, in Shape shape)
    {
        var (rows, depth, width, _) = shape;
        if (width % TileWidth != 0 || b.Length < depth * width || c.Length < rows * width || !a.Holds(rows, depth))
        {
            throw new ArgumentException("The spans do not hold the matrices.");
        }

        var column = 0;
        for (; Vector512.IsHardwareAccelerated && column <= width - (2 * TileWidth); column += 2 * TileWidth)
        {
            WideTiles(a, b[column..], start.IsEmpty ? [] : start.Slice(column, 2 * TileWidth), c[column..], shape);
        }

        for (; column < width; column += TileWidth)
        {
            var (left, right) = start.IsEmpty
                ? (Vector256<float>.Zero, Vector256<float>.Zero)
                : (Vector256.Create(start[column..]), Vector256.Create(start[(column + Vector256<float>.Count)..]));
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
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector256<float> left, Vector256<float> right)
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
            var b0 = Vector256.LoadUnsafe(ref b, bAt);
            var b1 = Vector256.LoadUnsafe(ref b, bAt + (nuint)Vector256<float>.Count);
            var x = Vector256.Create(Unsafe.Add(ref a0, at));
            s00 = Vector256.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x, b1, s01);
            x = Vector256.Create(Unsafe.Add(ref a1, at));
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(Unsafe.Add(ref a2, at));
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(Unsafe.Add(ref a3, at));
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
            at += step;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, s00, s01, shape.Floor);
        Store(ref c, (nuint)(row + 1) * width, s10, s11, shape.Floor);
        Store(ref c, (nuint)(row + 2) * width, s20, s21, shape.Floor);
        Store(ref c, (nuint)(row + 3) * width, s30, s31, shape.Floor);
    }

    static void OneRow(
        in Left a, int row, ref float b, ref float c, in Shape shape, Vector256<float> left, Vector256<float> right)
    {
        ref var a0 = ref a.Row(row);
        var (at, bAt, width) = ((nuint)0, (nuint)0, (nuint)shape.Width);
        for (var k = 0; k < shape.Depth; k++)
        {
            var x = Vector256.Create(Unsafe.Add(ref a0, at));
            left = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, bAt), left);
            right = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, bAt + (nuint)Vector256<float>.Count), right);
            at += (nuint)a.DepthStep;
            bAt += width;
        }

        Store(ref c, (nuint)row * width, left, right, shape.Floor);
    }

    static void Store(ref float c, nuint at, Vector256<float> left, Vector256<float> right, float floor)
    {
        Vector256.Max(left, Vector256.Create(floor)).StoreUnsafe(ref c, at);
        Vector256.Max(right, Vector256.Create(floor)).StoreUnsafe(ref c, at + (nuint)Vector256<float>.Count);
    }

    readonly record struct Shape(int Rows, int Depth, int Width, float Floor);

    // The left factor, read one number at a time: element (row, k) stands at row * RowStep + k * DepthStep.
    readonly ref struct Left(ReadOnlySpan<float> values, int rowStep, int depthStep)
    {
        readonly ReadOnlySpan<float> _values = values;

        public int DepthStep => depthStep;

        public ref float Row(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), row * rowStep);

        public bool Holds(int rows, int depth) => ((rows - 1) * rowStep) + ((depth - 1) * depthStep) < _values.Length;
    }
}
