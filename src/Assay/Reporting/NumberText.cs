using System.Globalization;
using Assay.Statistics;

namespace Assay.Reporting;

/// <summary>
/// Numbers for readers, the same in every report and under every culture. No thousands separators: 20,640 is read as 20.64 in half
/// of the world.
/// </summary>
public static class NumberText
{
    /// <summary><c>0.812 [0.794, 0.829]</c>, <c>1.23 ms [1.10, 1.40]</c>; undefined: <c>- (reason)</c>.</summary>
    public static string Of(Estimate estimate) =>
        IsDefined(estimate.Value)
            ? WithInterval(estimate.Value, estimate.Low, estimate.High, estimate.Unit)
            : Undefined(estimate.Reason);

    /// <summary><c>- (reason)</c>, or <c>-</c> without a reason.</summary>
    public static string Undefined(string? reason) => reason is null ? "-" : $"- ({reason})";

    /// <summary>A number alone.</summary>
    /// <param name="value">Undefined (null, NaN) is <c>-</c>.</param>
    /// <param name="unit">s, bytes or 1/s are scaled (1.23 ms, 12.3 MiB, 198.3 /s); others are appended; null for a pure number.</param>
    public static string Number(double? value, string? unit = null) => WithInterval(value, null, null, unit);

    /// <summary>A number and its interval, both on the scale of the number and with as many decimals.</summary>
    public static string WithInterval(double? value, double? low, double? high, string? unit = null, bool signed = false)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return "-";
        }

        var (divisor, suffix) = Scale(number, unit);
        var hasInterval = IsDefined(low) && IsDefined(high);
        var halfWidth = hasInterval ? (high!.Value - low!.Value) / 2 : 0;
        var format = hasInterval || number != Math.Truncate(number) || Math.Abs(number) is 1 || suffix.Length > 0
            ? Format(number / divisor, Math.Abs(halfWidth / divisor), scaled: unit is "s" or "bytes")
            : "0";
        var text = Text(number / divisor, format, signed) + suffix;
        return hasInterval
            ? $"{text} [{Text(low!.Value / divisor, format, signed)}, {Text(high!.Value / divisor, format, signed)}]"
            : text;
    }

    /// <summary><c>+0.012 [-0.003, +0.027]</c>.</summary>
    public static string Difference(double? value, double? low, double? high) => WithInterval(value, low, high, signed: true);

    /// <summary>A duration: <c>1.23 ms</c>, <c>48.2 s</c>, <c>312 s</c>.</summary>
    public static string Seconds(double? value) => Number(value, "s");

    /// <summary>A whole number.</summary>
    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share of one: <c>61.6 %</c>.</summary>
    public static string Percent(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A probability of a test: <c>0.012</c>, <c>&lt;0.001</c>.</summary>
    public static string PValue(double? value) => value switch
    {
        null or double.NaN => "-",
        < 0.001 => "<0.001",
        { } p => p.ToString("0.000", CultureInfo.InvariantCulture),
    };

    internal static bool IsDefined(double? value) => value is { } number && !double.IsNaN(number);

    static (double Divisor, string Suffix) Scale(double value, string? unit) => (unit, Math.Abs(value)) switch
    {
        (null, _) => (1, ""),
        ("s", >= 1 or 0) => (1, " s"),
        ("s", >= 1e-3) => (1e-3, " ms"),
        ("s", >= 1e-6) => (1e-6, " µs"),
        ("s", _) => (1e-9, " ns"),
        ("bytes", >= 1L << 30) => (1L << 30, " GiB"),
        ("bytes", >= 1 << 20) => (1 << 20, " MiB"),
        ("bytes", >= 1 << 10) => (1 << 10, " KiB"),
        ("bytes", _) => (1, " B"),
        ("1/s", _) => (1, " /s"),
        _ => (1, " " + unit),
    };

    // Three digits for times and bytes, three decimals for shares; more for small numbers, judged by the number or its uncertainty.
    static string Format(double value, double halfWidth, bool scaled)
    {
        var size = scaled ? Math.Abs(value) : Math.Max(Math.Abs(value), halfWidth);
        if (size is > 0 and < 0.001)
        {
            return "0.00e+00";
        }

        var decimals = size switch
        {
            >= 1000 => 0,
            >= 100 => scaled ? 0 : 1,
            >= 10 => scaled ? 1 : 2,
            >= 1 => scaled ? 2 : 3,
            >= 0.01 or 0 => 3,
            _ => 4,
        };
        // 0.9996 is not 1.
        while (value < 1 && decimals < 6 && Math.Round(value, decimals) >= 1)
        {
            decimals++;
        }

        return decimals == 0 ? "0" : "0." + new string('0', decimals);
    }

    static string Text(double value, string format, bool signed)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        if (value < 0 && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0)
        {
            return text[1..];
        }

        return signed && value > 0 ? "+" + text : text;
    }
}
