using System.Numerics.Tensors;

namespace Assay.Learning.Linear;

// Solves a symmetric positive definite system. The matrix is scaled to a diagonal of ones first, so that features in any unit are alike.
static class Cholesky
{
    // A pivot of the scaled matrix that is smaller is rounding error: the column is a sum of earlier ones.
    const double SmallestPivot = 1e-13;

    /// <summary>Overwrites the right side with the solution; false when the matrix is not positive definite, and then nothing is.</summary>
    /// <param name="matrix">Upper triangle, row by row; left as it is.</param>
    /// <param name="right">One per row.</param>
    /// <param name="ridge">Added to the scaled diagonal.</param>
    public static bool TrySolve(ReadOnlySpan<double> matrix, Span<double> right, double ridge)
    {
        var size = right.Length;
        var scales = new double[size];
        for (var i = 0; i < size; i++)
        {
            var diagonal = matrix[(i * size) + i];
            scales[i] = diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 1;
        }

        var lower = Scaled(matrix, scales, ridge);
        if (!Factorise(lower, size))
        {
            return false;
        }

        TensorPrimitives.Multiply(right, scales, right);
        for (var i = 0; i < size; i++)
        {
            right[i] = (right[i] - TensorPrimitives.Dot(lower.AsSpan(i * size, i), right[..i])) / lower[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            right[i] /= lower[(i * size) + i];
            TensorPrimitives.MultiplyAdd(lower.AsSpan(i * size, i), -right[i], right[..i], right[..i]);
        }

        TensorPrimitives.Multiply(right, scales, right);
        return true;
    }

    // The lower triangle of the scaled matrix. A row and column of zeros (a constant feature, padding) gets a one: its solution is 0.
    static double[] Scaled(ReadOnlySpan<double> matrix, double[] scales, double ridge)
    {
        var size = scales.Length;
        var lower = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                lower[(i * size) + j] = matrix[(j * size) + i] * scales[j] * scales[i];
            }

            lower[(i * size) + i] = 1 + ridge;
        }

        return lower;
    }

    static bool Factorise(Span<double> lower, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = lower.Slice(i * size, i + 1);
            for (var j = 0; j < i; j++)
            {
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], lower.Slice(j * size, j))) / lower[(j * size) + j];
            }

            var pivot = row[i] - TensorPrimitives.SumOfSquares(row[..i]);
            if (!(pivot > SmallestPivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }
}
