using System.Globalization;

namespace Assay.Tasks.Templates;

/// <summary>Python's numbers: long for int, double for float, bool counts as int.</summary>
static class PythonNumber
{
    public static bool TryInteger(object? value, out long number)
    {
        number = value switch { long integer => integer, true => 1, _ => 0 };
        return value is long or bool;
    }

    public static bool TryDouble(object? value, out double number)
    {
        number = value is double real ? real : TryInteger(value, out var integer) ? integer : double.NaN;
        return value is double or long or bool;
    }

    public static long Integer(object? value, string owner) => TryInteger(value, out var number)
        ? number
        : throw new TemplateFault($"'{owner}' needs an int and got {PythonValue.Describe(value)}");

    /// <summary>Shortest text that reads back, with an exponent below 1e-4 and from 1e16 on.</summary>
    public static string Repr(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var (sign, digits, exponent) = Digits(number.ToString("R", CultureInfo.InvariantCulture));
        if (exponent is >= -4 and < 16)
        {
            return sign + Plain(digits, exponent);
        }

        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    public static object Add(long a, long b) => Checked(() => checked(a + b));

    public static object Subtract(long a, long b) => Checked(() => checked(a - b));

    public static object Multiply(long a, long b) => Checked(() => checked(a * b));

    public static object FloorDivide(long a, long b) =>
        Checked(() => checked(a / NonZero(b)) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0));

    public static object Modulo(long a, long b)
    {
        var rest = b == -1 ? 0 : a % NonZero(b);
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }

    public static double FloorDivide(double a, double b) => Math.Floor(a / NonZero(b));

    public static double Modulo(double a, double b) => a - (Math.Floor(a / NonZero(b)) * b);

    public static object Power(long a, long exponent)
    {
        if (exponent < 0)
        {
            return Math.Pow(NonZero(a), exponent);
        }

        // A base of -1, 0 or 1 does not grow: the parity of the exponent is all that counts.
        var times = a is >= -1 and <= 1 ? Math.Min(exponent, 2 - (exponent % 2)) : exponent;
        return Checked(() =>
        {
            var result = 1L;
            for (var i = 0L; i < times; i++)
            {
                result = checked(result * a);
            }

            return result;
        });
    }

    public static long NonZero(long divisor) => divisor != 0 ? divisor : throw new TemplateFault("a division by zero");

    public static double NonZero(double divisor) => divisor != 0 ? divisor : throw new TemplateFault("a division by zero");

    /// <summary>Python's <c>round</c>: the exact binary value is rounded, a tie to the even digit.</summary>
    public static double Round(double number, int digits)
    {
        if (digits <= 0 || !double.IsFinite(number))
        {
            var scale = Math.Pow(10, -digits);
            return digits < 0 ? Math.Round(number / scale) * scale : Math.Round(number);
        }

        // "F" writes the exact binary value; 25 digits more than asked for tell a tie from a neighbour of one.
        var text = number.ToString("F" + (digits + 25), CultureInfo.InvariantCulture);
        var kept = text[..^25];
        var tie = text[^25] == '5' && text.AsSpan()[^24..].TrimStart('0').IsEmpty;
        return double.Parse(
            tie && (kept[^1] - '0') % 2 == 0 ? kept : number.ToString("F" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    static long Checked(Func<long> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            throw new TemplateFault("a whole number beyond 64 bits");
        }
    }

    // The significant digits of a "R" text, without the zeros at both ends, and the exponent of the first one.
    static (string Sign, string Digits, int Exponent) Digits(string shortest)
    {
        var sign = shortest.StartsWith('-') ? "-" : "";
        var body = shortest[sign.Length..];
        var e = body.IndexOf('E', StringComparison.Ordinal);
        var power = e < 0 ? 0 : int.Parse(body.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? body : body[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return digits.Length == 0 ? (sign, "0", 0) : (sign, digits, whole - leading - 1 + power);
    }

    static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length) + ".0"
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
