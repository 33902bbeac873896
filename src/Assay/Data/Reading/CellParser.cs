using System.Globalization;
using System.Text;

namespace Assay.Data.Reading;

/// <summary>Tells what a cell is and its value.</summary>
static class CellParser
{
    const ulong LargestExact = 1UL << 53;
    const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Powers of ten that are exact in float64.
    static readonly double[] _powers = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>
    /// Reads a plain number that a delimiter or a line end follows, which is then at <paramref name="position"/>; false leaves the
    /// position. Exact (Clinger 1990): up to 2^53, divided by an exact power of ten, is rounded once.
    /// </summary>
    public static bool TryPlain(ReadOnlySpan<byte> block, ref int position, byte delimiter, out double value, out bool isWhole)
    {
        var i = position;
        var negative = block[i] == '-';
        i += negative ? 1 : 0;
        var first = i;
        ulong digits = 0;
        uint digit;
        while ((digit = block[i] - (uint)'0') <= 9)
        {
            digits = (digits * 10) + digit;
            i++;
        }

        var count = i - first;
        var fraction = 0;
        if (block[i] == '.')
        {
            var point = ++i;
            while ((digit = block[i] - (uint)'0') <= 9)
            {
                digits = (digits * 10) + digit;
                i++;
            }

            fraction = i - point;
            count += fraction;
        }

        isWhole = i - first == count;
        value = 0;
        if (count is 0 or > 18 || digits > LargestExact || (block[i] != delimiter && block[i] is not ((byte)'\n' or (byte)'\r')))
        {
            return false;
        }

        position = i;
        value = digits / _powers[fraction];
        value = negative && !(isWhole && digits == 0) ? -value : value;
        return true;
    }

    /// <summary>Tells what a cell without blanks around it is.</summary>
    /// <param name="cell">Not empty.</param>
    /// <param name="number">Its value as float64; NaN for dates and texts.</param>
    /// <param name="whole">An integer, or the ticks of a date; else <see cref="long.MinValue"/>.</param>
    public static CellKinds Parse(ReadOnlySpan<byte> cell, out double number, out long whole)
    {
        (number, whole) = (double.NaN, long.MinValue);
        if (cell.Length > 64 || cell[0] > '9')
        {
            return ParseWord(cell, ref number);
        }

        if (long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) && integer != long.MinValue)
        {
            (number, whole) = (integer, integer);
            return (ulong)Math.Abs(integer) <= LargestExact ? CellKinds.Integer : CellKinds.BigInteger;
        }

        if (double.TryParse(cell, Number, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
        {
            number = real;
            return CellKinds.Real;
        }

        return DateParser.Parse(cell, out whole) is not CellKinds.None and var date ? date : CellKinds.Text;
    }

    static CellKinds ParseWord(ReadOnlySpan<byte> cell, ref double number)
    {
        if (Ascii.EqualsIgnoreCase(cell, "true"u8))
        {
            number = 1;
            return CellKinds.Boolean;
        }

        if (Ascii.EqualsIgnoreCase(cell, "false"u8))
        {
            number = 0;
            return CellKinds.Boolean;
        }

        if (cell.Length > 64 && double.TryParse(cell, Number, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
        {
            number = real;
            return CellKinds.Real;
        }

        return CellKinds.Text;
    }
}
