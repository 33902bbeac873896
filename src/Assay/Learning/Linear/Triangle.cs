using System.Numerics.Tensors;

namespace Assay.Learning.Linear;

// The triangle R of a QR factorisation of rows that come block by block, with what the same reflections make of the targets: Householder
// reflections of the triangle so far, stacked on a block. Of the triangle only the diagonal element meets the block's column, all below
// it is zero. Source: Golub and Van Loan, Matrix Computations, 4th edition, 5.2.2 and 6.5.3 (appending rows).
sealed class Triangle
{
    readonly int _inputs;
    readonly int _columns;
    readonly double[] _values;

    /// <param name="inputs">Size of the triangle.</param>
    /// <param name="targets">Columns to its right.</param>
    /// <param name="diagonal">Of the rows that come first: this on the diagonal, 0 for the targets. Ridge regression's penalty is such rows.</param>
    public Triangle(int inputs, int targets, double diagonal)
    {
        (_inputs, _columns) = (inputs, inputs + targets);
        _values = new double[inputs * _columns];
        for (var k = 0; k < inputs; k++)
        {
            _values[(k * _columns) + k] = diagonal;
        }
    }

    public double this[int row, int column] => _values[(row * _columns) + column];

    /// <param name="block">Destroyed. Column by column: element <c>column * rows + row</c>, the targets last.</param>
    /// <param name="rows">Rows of the block.</param>
    public void Append(Span<double> block, int rows)
    {
        for (var k = 0; k < _inputs; k++)
        {
            ReadOnlySpan<double> column = block.Slice(k * rows, rows);
            var row = _values.AsSpan(k * _columns, _columns);
            var squares = TensorPrimitives.SumOfSquares(column);
            if (squares > 0)
            {
                var diagonal = row[k];
                row[k] = -Math.CopySign(Math.Sqrt((diagonal * diagonal) + squares), diagonal);
                var head = diagonal - row[k];
                Reflect(column, head, 2 / ((head * head) + squares), row[(k + 1)..], block[((k + 1) * rows)..]);
            }
        }
    }

    static void Reflect(ReadOnlySpan<double> reflector, double head, double factor, Span<double> row, Span<double> columns)
    {
        for (var j = 0; j < row.Length; j++)
        {
            var column = columns.Slice(j * reflector.Length, reflector.Length);
            var along = -factor * ((head * row[j]) + TensorPrimitives.Dot(reflector, column));
            row[j] += along * head;
            TensorPrimitives.MultiplyAdd(reflector, along, column, column);
        }
    }
}
