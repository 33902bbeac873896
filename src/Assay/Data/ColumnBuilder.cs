using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Data;

/// <summary>Collects the cells of one column and infers its kind on the way.</summary>
/// <param name="name">Column name.</param>
/// <param name="wanted">Null: inferred.</param>
/// <param name="missing">Cells without a value.</param>
sealed class ColumnBuilder(string name, ColumnKind? wanted, MissingMarks missing)
{
    const long LargestExact = 1L << 53;
    const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    readonly List<double> _values = [];

    // The cells as they stood, each ended by a line feed, in case that a later one turns the column into categories.
    // Whatever parses as a number or truth value is ASCII without a line feed.
    readonly ArrayBufferWriter<byte> _raw = new();

    ColumnKind? _kind = wanted;
    CategoryBuilder? _categories = wanted == ColumnKind.Category ? new CategoryBuilder() : null;

    public string Name { get; } = name;

    public ColumnKind? Wanted { get; } = wanted;

    /// <summary>False when the cell is not of the wanted kind.</summary>
    public bool TryAdd(ReadOnlySpan<char> cell)
    {
        if (missing.Contains(cell))
        {
            AddMissing();
            return true;
        }

        if (_categories is not null)
        {
            _categories.Add(cell);
            return true;
        }

        var found = Parse(cell, out var value);
        if (Wanted is { } kind)
        {
            _values.Add(value);
            return Fits(kind, found, value);
        }

        _kind = Join(_kind ?? found, found);
        if (_kind == ColumnKind.Category)
        {
            BecomeCategories();
            _categories!.Add(cell);
        }
        else
        {
            _values.Add(value);
            Keep(cell);
        }

        return true;
    }

    public Column Build() => _categories?.Build(Name) ?? (Column)new NumericColumn(Name, _kind ?? ColumnKind.Number, [.. _values]);

    public static string Describe(ColumnKind? kind) => kind switch
    {
        ColumnKind.Boolean => "true or false",
        ColumnKind.Integer => "a whole number within ±2^53",
        ColumnKind.Number => "a finite number",
        ColumnKind.Category or ColumnKind.Text or ColumnKind.Date or null => "a text",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    static ColumnKind Parse(ReadOnlySpan<char> cell, out double value)
    {
        if (long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            value = whole;
            return whole is >= -LargestExact and <= LargestExact ? ColumnKind.Integer : ColumnKind.Number;
        }

        if (double.TryParse(cell, Number, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            return ColumnKind.Number;
        }

        var isTrue = cell.Equals("true", StringComparison.OrdinalIgnoreCase);
        value = isTrue ? 1 : 0;
        return isTrue || cell.Equals("false", StringComparison.OrdinalIgnoreCase) ? ColumnKind.Boolean : ColumnKind.Category;
    }

    static ColumnKind Join(ColumnKind a, ColumnKind b) => (a, b) switch
    {
        _ when a == b => a,
        (ColumnKind.Integer, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Integer) => ColumnKind.Number,
        _ => ColumnKind.Category,
    };

    static bool Fits(ColumnKind wanted, ColumnKind found, double value) => (wanted, found) switch
    {
        _ when found == wanted => true,
        (ColumnKind.Number, ColumnKind.Integer) => true,
        (ColumnKind.Boolean, ColumnKind.Integer) => value is 0 or 1,
        (ColumnKind.Integer, ColumnKind.Number) => double.IsInteger(value) && Math.Abs(value) < LargestExact,
        _ => false,
    };

    void AddMissing()
    {
        if (_categories is not null)
        {
            _categories.AddMissing();
            return;
        }

        _values.Add(double.NaN);
        Keep([]);
    }

    void Keep(ReadOnlySpan<char> cell)
    {
        if (Wanted is null)
        {
            Encoding.ASCII.GetBytes(cell, _raw);
            _raw.Write("\n"u8);
        }
    }

    void BecomeCategories()
    {
        _categories = new CategoryBuilder();
        var cells = _raw.WrittenSpan;
        foreach (var _ in _values)
        {
            var length = cells.IndexOf((byte)'\n');
            if (length == 0)
            {
                _categories.AddMissing();
            }
            else
            {
                _categories.Add(Encoding.ASCII.GetString(cells[..length]));
            }

            cells = cells[(length + 1)..];
        }

        _values.Clear();
        _values.TrimExcess();
        _raw.Clear();
    }
}
