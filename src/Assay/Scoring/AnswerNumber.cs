using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Scoring;

/// <summary>The number that an answer ends in. Full-width digits, signs and separators are those of ASCII.</summary>
public static partial class AnswerNumber
{
    /// <summary>The last number of a text, thousands separators left out; null when there is none that fits.</summary>
    public static decimal? Last(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Numbers().Matches(Fold(text)) is [.., var last] && decimal.TryParse(
            last.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Both end in a number, and these are no further apart than the tolerance.</summary>
    public static bool AreEqual(string answer, string target, double tolerance = 0) =>
        Last(answer) is { } one && Last(target) is { } other && (one == other || Math.Abs((double)one - (double)other) <= tolerance);

    // U+FF01 to U+FF5E are ASCII in full width; U+2212 is the mathematical minus.
    static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' and var wide => (char)(wide - 0xFEE0),
                '\u2212' => '-',
                var other => other,
            };
        }
    });

    // A minus after a digit or a letter is a dash: of 'pages 3-5' the last number is 5.
    [GeneratedRegex(@"(?:(?<![\w)])-)?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|(?:(?<![\w)])-)?(?<![0-9])\.[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
