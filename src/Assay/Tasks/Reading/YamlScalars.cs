using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>
/// Scalars as PyYAML's safe loader resolves them, which is YAML 1.1: <c>yes</c> and <c>off</c> are booleans, <c>1_000</c> and <c>010</c> are whole
/// numbers, <c>1e3</c> is text. Dates stay text.
/// </summary>
static partial class YamlScalars
{
    public static object? Resolve(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any) || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str"))
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
            "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
            _ => Number(text),
        };
    }

    static object Number(string text)
    {
        if (IntegerPattern().IsMatch(text) && Integer(text) is { } integer)
        {
            return integer;
        }

        return FloatPattern().IsMatch(text) ? Real(text) : text;
    }

    static long? Integer(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).TrimStart('+', '-');
        try
        {
            var number = digits switch
            {
                ['0', 'b', ..] => Convert.ToInt64(digits[2..], 2),
                ['0', 'x', ..] => Convert.ToInt64(digits[2..], 16),
                ['0', _, ..] => Convert.ToInt64(digits, 8),
                _ => digits.Split(':').Aggregate(0L, (sum, part) => checked((sum * 60) + long.Parse(part, CultureInfo.InvariantCulture))),
            };
            return text[0] == '-' ? -number : number;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    static double Real(string text)
    {
        var bare = text.Replace("_", "", StringComparison.Ordinal);
        return bare.TrimStart('+', '-').ToUpperInvariant() switch
        {
            ".INF" => bare[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            ".NAN" => double.NaN,
            _ => double.Parse(bare, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(@"^[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)$", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        @"^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();
}
