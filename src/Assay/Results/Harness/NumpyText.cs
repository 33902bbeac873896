using System.Globalization;
using System.Text;

namespace Assay.Results.Harness;

/// <summary>A list of float64 as numpy's <c>str</c> prints an array with its default options. Source: numpy/_core/arrayprint.py.</summary>
static class NumpyText
{
    const int Digits = 8;
    const int LineWidth = 75;

    /// <summary>Finite numbers; of 1000 or fewer numpy prints all.</summary>
    public static string Of(ReadOnlySpan<double> values)
    {
        double[] sizes = [.. values.ToArray().Select(Math.Abs).Where(size => size > 0)];
        var scientific = sizes.Length > 0 && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1000);
        return Lines(scientific ? Scientific(values) : Positional(values));
    }

    static string[] Positional(ReadOnlySpan<double> values)
    {
        (string Whole, string Part)[] parts = [.. values.ToArray().Select(value => Split(value.ToString($"F{Digits}", CultureInfo.InvariantCulture)))];
        var (left, right) = (parts.Max(part => part.Whole.Length), parts.Max(part => part.Part.Length));
        return [.. parts.Select(part => $"{part.Whole.PadLeft(left)}.{part.Part.PadRight(right)}")];
    }

    static string[] Scientific(ReadOnlySpan<double> values)
    {
        (string Whole, string Part, int Exponent)[] parts = [.. values.ToArray().Select(value =>
        {
            var text = value.ToString($"e{Digits}", CultureInfo.InvariantCulture);
            var at = text.IndexOf('e', StringComparison.Ordinal);
            var (whole, part) = Split(text[..at]);
            return (whole, part, int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
        })];
        var exponent = parts.Any(part => Math.Abs(part.Exponent) > 99) ? "+000;-000" : "+00;-00";
        var (left, digits) = (parts.Max(part => part.Whole.Length), parts.Max(part => part.Part.Length));
        return [.. parts.Select(part => $"{part.Whole.PadLeft(left)}.{part.Part.PadRight(digits, '0')}e{part.Exponent.ToString(exponent, CultureInfo.InvariantCulture)}")];
    }

    static (string Whole, string Part) Split(string number)
    {
        var at = number.IndexOf('.', StringComparison.Ordinal);
        return (number[..at], number[(at + 1)..].TrimEnd('0'));
    }

    // A line holds one blank, or the opening bracket, and numbers with blanks in between.
    static string Lines(string[] words)
    {
        var (text, line) = (new StringBuilder("["), 1);
        for (var i = 0; i < words.Length; i++)
        {
            if (line > 1 && line + words[i].Length > LineWidth - 1)
            {
                text.Length -= text[^1] == ' ' ? 1 : 0;
                text.Append("\n ");
                line = 1;
            }

            var last = i == words.Length - 1;
            text.Append(words[i]).Append(last ? "" : " ");
            line += words[i].Length + (last ? 0 : 1);
        }

        return text.Append(']').ToString();
    }
}
