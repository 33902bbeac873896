using System.Globalization;
using System.Numerics.Tensors;

namespace Assay.Data;

/// <summary>
/// Numbers, integers or truth values, as float64 unless <see cref="Storage"/> says otherwise. NaN is the missing value: no reader
/// lets any other NaN in.
/// </summary>
public sealed class NumericColumn : Column
{
    readonly int _length; // the arrays may be longer
    readonly float[]? _floats;
    readonly long[]? _integers;
    double[]? _values;

    /// <summary>Float64; NaN is missing, booleans are 0 and 1.</summary>
    public NumericColumn(string name, ColumnKind kind, double[] values) : this(name, kind, values, values.Length)
    {
    }

    /// <summary>Numbers as float32; NaN is missing.</summary>
    public NumericColumn(string name, float[] values) : this(name, values, values.Length)
    {
    }

    /// <summary>Integers as int64; <see cref="long.MinValue"/> is missing.</summary>
    public NumericColumn(string name, long[] values) : base(name, ColumnKind.Integer)
    {
        (_integers, _length) = (values, values.Length);
    }

    // A reader that does not know the number of rows need not copy what it has to cut off a few.
    internal NumericColumn(string name, ColumnKind kind, double[] values, int length) : base(name, kind)
    {
        (_values, _length) = (values, length);
    }

    internal NumericColumn(string name, float[] values, int length) : base(name, ColumnKind.Number)
    {
        (_floats, _length) = (values, length);
    }

    /// <summary>How the numbers are kept.</summary>
    public NumberStorage Storage => _floats is not null ? NumberStorage.Float32 : _integers is not null ? NumberStorage.Int64 : NumberStorage.Float64;

    /// <summary>One value per row as float64; NaN where missing; booleans are 0 and 1. Another storage is widened on first use and kept.</summary>
    public ReadOnlySpan<double> Values => (_values ??= Widened()).AsSpan(0, _length);

    /// <summary>One value per row; empty unless <see cref="Storage"/> is Float32.</summary>
    public ReadOnlySpan<float> Floats => _floats.AsSpan(0, _floats is null ? 0 : _length);

    /// <summary>One value per row, <see cref="long.MinValue"/> where missing; empty unless <see cref="Storage"/> is Int64.</summary>
    public ReadOnlySpan<long> Integers => _integers;

    /// <inheritdoc/>
    public override int Length => _length;

    /// <inheritdoc/>
    public override int MissingCount => (_floats, _integers) switch
    {
        ({ }, _) => Missing.Count(Floats),
        (_, { } integers) => integers.AsSpan().Count(long.MinValue),
        _ => Missing.Count(Values),
    };

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Number(row));

    /// <inheritdoc/>
    public override string? Text(int row) => (IsMissing(row), Kind) switch
    {
        (true, _) => null,
        (_, ColumnKind.Boolean) => Number(row) == 0 ? "False" : "True",
        _ when _floats is not null => _floats[row].ToString("R", CultureInfo.InvariantCulture),
        _ when _integers is not null => _integers[row].ToString(CultureInfo.InvariantCulture),
        _ => Values[row].ToString("R", CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override double Number(int row) => _floats is not null ? _floats[row] : _integers is not null ? Wide(_integers[row]) : Values[row];

    /// <inheritdoc/>
    public override void CopyNumbers(int start, Span<double> numbers)
    {
        if (_floats is not null)
        {
            TensorPrimitives.ConvertChecked(_floats.AsSpan(start, numbers.Length), numbers);
        }
        else if (_integers is not null)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Wide(_integers[start + i]);
            }
        }
        else
        {
            _values.AsSpan(start, numbers.Length).CopyTo(numbers);
        }
    }

    /// <inheritdoc/>
    public override NumericColumn Select(ReadOnlySpan<int> rows) => (_floats, _integers) switch
    {
        ({ }, _) => new NumericColumn(Name, Picked.From(Floats, rows)) { Reason = Reason },
        (_, { } integers) => new NumericColumn(Name, Picked.From(integers, rows)) { Reason = Reason },
        _ => new NumericColumn(Name, Kind, Picked.From(Values, rows)) { Reason = Reason },
    };

    internal override void MarkMissing(Span<bool> rows)
    {
        if (_floats is null && _integers is null)
        {
            Missing.Mark(Values[..rows.Length], rows);
        }
        else
        {
            base.MarkMissing(rows);
        }
    }

    static double Wide(long value) => value == long.MinValue ? double.NaN : value;

    double[] Widened()
    {
        var wide = new double[Length];
        CopyNumbers(0, wide);
        return wide;
    }
}
