using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Metrics.Text;

/// <summary>Text as the reference implementations see it: they are written in Python, whose characters are code points.</summary>
static class UnicodeText
{
    const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    const char DottedCapitalI = 'İ';
    const char CapitalSigma = 'Σ';

    static readonly SearchValues<char> _longLower = SearchValues.Create([DottedCapitalI, CapitalSigma]);

    /// <summary>The 32 marks of ASCII: <c>string.punctuation</c>.</summary>
    public static SearchValues<char> AsciiPunctuation { get; } = SearchValues.Create(Punctuation);

    /// <summary><c>str.isspace</c>: four separators of ASCII more than .NET has.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>The next word of <c>str.split()</c> from <paramref name="at"/>, which moves behind it; false at the end.</summary>
    public static bool NextWord(ReadOnlySpan<char> text, ref int at, out ReadOnlySpan<char> word)
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        var start = at;
        while (at < text.Length && !IsSpace(text[at]))
        {
            at++;
        }

        word = text[start..at];
        return at > start;
    }

    /// <summary><c>str.split()</c>.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var at = 0;
        while (NextWord(text, ref at, out var word))
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary><c>str.rstrip</c>.</summary>
    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    /// <summary><c>str.strip</c>.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }

        return TrimEnd(text[start..]);
    }

    /// <summary><c>str.lower</c>: two capitals are lowered to more than .NET's one character, or by their place in the word.</summary>
    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny(_longLower))
        {
            return lower;
        }

        var result = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                DottedCapitalI => result.Append("i\u0307"),
                CapitalSigma => result.Append(IsFinalSigma(text, i) ? 'ς' : 'σ'),
                _ => result.Append(lower[i]),
            };
        }

        return result.ToString();
    }

    /// <summary>The code points of the text, without white space unless it is kept. A lone surrogate counts as one.</summary>
    public static int[] CodePoints(ReadOnlySpan<char> text, bool keepSpace)
    {
        var points = new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                points[count++] = char.ConvertToUtf32(text[i], text[i + 1]);
                i++;
            }
            else if (keepSpace || !IsSpace(text[i]))
            {
                points[count++] = text[i];
            }
        }

        return points.AsSpan(0, count).ToArray();
    }

    // Unicode's Final_Sigma: a cased letter before, none after, whatever is between them that has no case of its own.
    static bool IsFinalSigma(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
        {
            before--;
        }

        var after = at + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
        {
            after++;
        }

        return before >= 0 && IsCased(text[before]) && !(after < text.Length && IsCased(text[after]));
    }

    static bool IsCased(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    static bool IsCaseIgnorable(char c) => c is '\'' or '.' or ':' or '·' or '’' or '‘' or '․' or '‧' || char.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
