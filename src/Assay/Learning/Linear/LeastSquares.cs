using MathNet.Numerics.LinearAlgebra;

namespace Assay.Learning.Linear;

// Least squares of centred rows, with or without a penalty, from the triangle of their QR factorisation.
static class LeastSquares
{
    const int BlockRows = 256;
    const double Epsilon = 2.220446049250313e-16;

    // Beyond it the triangle is solved by its singular values. Back substitution would lose twelve of the sixteen digits.
    const double LargestCondition = 1e12;

    public static FittedLinear Fit(TrainingRows rows, double alpha, CancellationToken cancellationToken)
    {
        var (inputs, outputs) = (rows.Inputs, rows.Shape.Outputs);
        var targetMeans = TargetMeans(rows);
        var triangle = Factorise(rows, targetMeans, alpha, cancellationToken);
        var (coefficients, rank) = Condition(triangle, inputs) < LargestCondition
            ? (Substitute(triangle, inputs, outputs), inputs)
            : SmallestSolution(triangle, inputs, outputs, Math.Max(rows.Count, inputs));
        var intercepts = new double[outputs];
        for (var output = 0; output < outputs; output++)
        {
            intercepts[output] = targetMeans[output];
            for (var i = 0; i < inputs; i++)
            {
                intercepts[output] -= coefficients[(output * inputs) + i] * rows.Means[i];
            }
        }

        return new FittedLinear(inputs, rows.Shape, coefficients, intercepts)
        {
            Note = rank == inputs ? null : $"the features have rank {rank} of {inputs} (constant or collinear columns, or too few rows): of all best coefficients these are the smallest",
        };
    }

    static double[] TargetMeans(TrainingRows rows)
    {
        var (outputs, means) = (rows.Shape.Outputs, new double[rows.Shape.Outputs]);
        for (var i = 0; i < rows.Targets.Length; i++)
        {
            means[i % outputs] += rows.Weights[i / outputs] * rows.Targets[i];
        }

        return [.. means.Select(sum => sum / rows.WeightSum)];
    }

    static Triangle Factorise(TrainingRows rows, double[] targetMeans, double alpha, CancellationToken cancellationToken)
    {
        var (inputs, outputs) = (rows.Inputs, rows.Shape.Outputs);
        var triangle = new Triangle(inputs, outputs, Math.Sqrt(alpha));
        var (byRow, byColumn) = (new double[BlockRows * inputs], new double[BlockRows * (inputs + outputs)]);
        for (var start = 0; start < rows.Count; start += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BlockRows, rows.Count - start);
            rows.CopyCentred(start, count, inputs, byRow);
            for (var row = 0; row < count; row++)
            {
                var root = Math.Sqrt(rows.Weights[start + row]);
                for (var i = 0; i < inputs; i++)
                {
                    byColumn[(i * count) + row] = root * byRow[(row * inputs) + i];
                }

                for (var output = 0; output < outputs; output++)
                {
                    byColumn[((inputs + output) * count) + row] = root * (rows.Targets[((start + row) * outputs) + output] - targetMeans[output]);
                }
            }

            triangle.Append(byColumn.AsSpan(0, count * (inputs + outputs)), count);
        }

        return triangle;
    }

    // Frobenius condition number of the triangle with columns scaled to length 1; infinite where it is singular.
    static double Condition(Triangle triangle, int inputs)
    {
        var (norms, inverse, squares) = (new double[inputs], new double[inputs], 0.0);
        for (var column = 0; column < inputs; column++)
        {
            for (var row = 0; row <= column; row++)
            {
                norms[column] = double.Hypot(norms[column], triangle[row, column]);
            }
        }

        for (var column = 0; column < inputs; column++)
        {
            for (var row = column; row >= 0; row--)
            {
                var sum = row == column ? 1.0 : 0;
                for (var i = row + 1; i <= column; i++)
                {
                    sum -= triangle[row, i] / norms[i] * inverse[i];
                }

                inverse[row] = sum / (triangle[row, row] / norms[row]);
                squares += inverse[row] * inverse[row];
            }
        }

        return double.IsNaN(squares) ? double.PositiveInfinity : Math.Sqrt(squares * inputs);
    }

    static double[] Substitute(Triangle triangle, int inputs, int outputs)
    {
        var coefficients = new double[outputs * inputs];
        for (var output = 0; output < outputs; output++)
        {
            var solution = coefficients.AsSpan(output * inputs, inputs);
            for (var row = inputs - 1; row >= 0; row--)
            {
                var sum = triangle[row, inputs + output];
                for (var i = row + 1; i < inputs; i++)
                {
                    sum -= triangle[row, i] * solution[i];
                }

                solution[row] = sum / triangle[row, row];
            }
        }

        return coefficients;
    }

    // The solution of least norm; singular values below numpy's threshold of a rank count as 0.
    static (double[] Coefficients, int Rank) SmallestSolution(Triangle triangle, int inputs, int outputs, int largestSide)
    {
        var svd = Matrix<double>.Build.Dense(inputs, inputs, (row, column) => triangle[row, column]).Svd(true);
        var rank = svd.S.Count(value => value > svd.S[0] * largestSide * Epsilon);
        var coefficients = new double[outputs * inputs];
        for (var output = 0; output < outputs; output++)
        {
            var along = svd.U.TransposeThisAndMultiply(Vector<double>.Build.Dense(inputs, row => triangle[row, inputs + output]));
            var scaled = Vector<double>.Build.Dense(inputs, i => i < rank ? along[i] / svd.S[i] : 0);
            svd.VT.TransposeThisAndMultiply(scaled).AsArray().CopyTo(coefficients, output * inputs);
        }

        return (coefficients, rank);
    }
}
