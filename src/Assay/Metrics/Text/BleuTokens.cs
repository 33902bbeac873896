using System.Globalization;
using System.Text;

namespace Assay.Metrics.Text;

/// <summary>sacrebleu's tokenizers: a line becomes one whose words are its tokens.</summary>
static class BleuTokens
{
    // sacrebleu writes the two ranges beyond the basic plane as \u20000-\u2a6d6 and \u2f800-\u2fa1d, which Python reads as a character and a
    // digit: what they select is \u2001-\u2a6d and \u2f81-\u2fa1, and so it is here.
    static readonly (char First, char Last)[] _chinese =
    [
        ('\u3400', '\u4db5'), ('\u4e00', '\u9fa5'), ('\u9fa6', '\u9fbb'), ('\uf900', '\ufa2d'), ('\ufa30', '\ufa6a'), ('\ufa70', '\ufad9'),
        ('\u2001', '\u2a6d'), ('\u2f81', '\u2fa1'), ('\uff00', '\uffef'), ('\u2e80', '\u2eff'), ('\u3000', '\u303f'), ('\u31c0', '\u31ef'),
        ('\u2f00', '\u2fdf'), ('\u2ff0', '\u2fff'), ('\u3100', '\u312f'), ('\u31a0', '\u31bf'), ('\ufe10', '\ufe1f'), ('\ufe30', '\ufe4f'),
        ('\u2600', '\u26ff'), ('\u2700', '\u27bf'), ('\u3200', '\u32ff'), ('\u3300', '\u33ff'),
    ];

    public static string Split(string line, BleuTokenizer tokenizer) => tokenizer switch
    {
        BleuTokenizer.Mteval13a => Mteval13a(line),
        BleuTokenizer.International => International(line),
        BleuTokenizer.Chinese => Chinese(line),
        BleuTokenizer.Character => string.Join(' ', line.EnumerateRunes()),
        BleuTokenizer.None => line,
        _ => throw new ArgumentOutOfRangeException(nameof(tokenizer)),
    };

    static string Mteval13a(string line)
    {
        line = line.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        return WesternTokens.Split($" {Unescaped(line)} ");
    }

    /// <summary>The four entities of XML that mteval knows, in its order.</summary>
    public static string Unescaped(string line) => !line.Contains('&', StringComparison.Ordinal) ? line : line
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);

    static string Chinese(string line)
    {
        var result = new StringBuilder(line.Length * 2);
        foreach (var c in UnicodeText.Trim(line))
        {
            _ = c >= '\u2001' && IsChinese(c) ? result.Append(' ').Append(c).Append(' ') : result.Append(c);
        }

        return WesternTokens.Split(result.ToString());
    }

    static bool IsChinese(char c)
    {
        foreach (var (first, last) in _chinese)
        {
            if (c >= first && c <= last)
            {
                return true;
            }
        }

        return false;
    }

    // mteval-v14: (\P{N})(\p{P}) -> '\1 \2 ', then (\p{P})(\P{N}) -> ' \1 \2', then (\p{S}) -> ' \1 '.
    static string International(string line)
    {
        var blank = new Rune(' ');
        var parted = Pairs([.. line.EnumerateRunes()], (first, second) => !IsNumber(first) && IsPunctuation(second), (first, second) => [first, blank, second, blank]);
        parted = Pairs(parted, (first, second) => IsPunctuation(first) && !IsNumber(second), (first, second) => [blank, first, blank, second]);
        var result = new StringBuilder(line.Length * 2);
        foreach (var rune in parted)
        {
            var isSymbol = Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol;
            _ = isSymbol ? result.Append(' ').Append(rune.ToString()).Append(' ') : result.Append(rune.ToString());
        }

        return result.ToString();
    }

    static List<Rune> Pairs(List<Rune> line, Func<Rune, Rune, bool> matches, Func<Rune, Rune, Rune[]> replacement)
    {
        var result = new List<Rune>(line.Count * 2);
        for (var i = 0; i < line.Count; i++)
        {
            if (i + 1 < line.Count && matches(line[i], line[i + 1]))
            {
                result.AddRange(replacement(line[i], line[i + 1]));
                i++;
            }
            else
            {
                result.Add(line[i]);
            }
        }

        return result;
    }

    static bool IsNumber(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    static bool IsPunctuation(Rune rune) => Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;
}
