using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Data;

/// <summary>A step that turns every number of a column into another.</summary>
public abstract record FittedScale : FittedStep
{
    private protected FittedScale()
    {
    }

    internal sealed override Column ApplyTo(Column column)
    {
        var values = ((NumericColumn)column).Values.ToArray();
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]))
            {
                values[row] = Of(values[row], column.Name, row);
            }
        }

        return new NumericColumn(column.Name, ColumnKind.Number, values);
    }

    private protected abstract double Of(double value, string column, int row);
}

/// <summary>Scales and shifts.</summary>
/// <param name="Scale">Multiplied by.</param>
/// <param name="Offset">Then added.</param>
public sealed record MinMaxScaled(double Scale, double Offset) : FittedScale
{
    private protected override double Of(double value, string column, int row) => (value * Scale) + Offset;
}

/// <summary>Shifts and scales by order statistics.</summary>
/// <param name="Median">Subtracted.</param>
/// <param name="Range">Then divided by: the distance of the quartiles; not 0.</param>
public sealed record RobustScaled(double Median, double Range) : FittedScale
{
    private protected override double Of(double value, string column, int row) => (value - Median) / Range;
}

/// <summary>ln(1 + x).</summary>
public sealed record Logged : FittedScale
{
    private protected override double Of(double value, string column, int row) => value > -1
        ? LogOnePlus(value)
        : throw new UserErrorException($"Row {row + 1}: column '{column}' is {value.ToString(CultureInfo.InvariantCulture)}, and its step {{log}} takes numbers above -1. Clip the column first, or correct the cell.");

    // Kahan's: exact to rounding where 1 + x loses the digits of x.
    static double LogOnePlus(double value)
    {
        var sum = 1 + value;
        return sum == 1 ? value : Math.Log(sum) * (value / (sum - 1));
    }
}

/// <summary>Bounds.</summary>
/// <param name="Low">Null: none.</param>
/// <param name="High">Null: none.</param>
public sealed record Clipped(double? Low, double? High) : FittedScale
{
    private protected override double Of(double value, string column, int row) =>
        Math.Min(Math.Max(value, Low ?? double.NegativeInfinity), High ?? double.PositiveInfinity);
}

/// <summary>Ranks among the training rows, interpolated.</summary>
/// <param name="Points">The values at equally spaced ranks from 0 to 1, ascending.</param>
/// <param name="Normal">True: as the normal deviate of the rank.</param>
public sealed record QuantileScaled(ImmutableArray<double> Points, bool Normal) : FittedScale
{
    const double Bound = 1e-7;

    // scikit-learn clips to the deviates of 1e-7 and 1 - 1e-7, less one rounding.
    static readonly double _least = Deviate(Bound - (Math.BitIncrement(1.0) - 1));
    static readonly double _most = Deviate(1 - (Bound - (Math.BitIncrement(1.0) - 1)));

    private protected override double Of(double value, string column, int row)
    {
        var rank = Rank(value);
        return Normal ? Math.Clamp(Deviate(rank), _least, _most) : rank;
    }

    static double Deviate(double rank) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, rank);

    // The mean of the ranks of the first and the last of equal points.
    double Rank(double value)
    {
        var slack = Normal ? Bound : 0;
        if (value - slack < Points[0] || (slack == 0 && value == Points[0]))
        {
            return 0;
        }

        if (value + slack > Points[^1] || (slack == 0 && value == Points[^1]))
        {
            return 1;
        }

        var (above, below) = (Count(value, inclusive: true) - 1, Count(value, inclusive: false));
        var (last, first) = (Between(above, value), below < Points.Length && Points[below] == value ? (double)below / (Points.Length - 1) : Between(above, value));
        return (last + first) / 2;
    }

    double Between(int place, double value) => place >= Points.Length - 1
        ? 1
        : (place + ((value - Points[place]) / (Points[place + 1] - Points[place]))) / (Points.Length - 1);

    // How many points are below the value, or not above it.
    int Count(double value, bool inclusive)
    {
        var (low, high) = (0, Points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Points[middle] < value || (inclusive && Points[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
