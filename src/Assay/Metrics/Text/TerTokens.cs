using System.Text.RegularExpressions;

namespace Assay.Metrics.Text;

/// <summary>The normalisation of tercom, as sacrebleu has it.</summary>
static partial class TerTokens
{
    public static string Normalize(string text, TerOptions options)
    {
        text = UnicodeText.TrimEnd(text);
        text = options.CaseSensitive ? text : UnicodeText.Lower(text);
        if (options.Normalized)
        {
            text = Western(text);
            text = options.AsianSupport ? Asian(text) : text;
        }

        if (options.NoPunctuation)
        {
            text = Marks().Replace(text, "");
            text = options.AsianSupport ? FullWidthMarks().Replace(AsianMarks().Replace(text, ""), "") : text;
        }

        return text;
    }

    // tercom also parts a possessive 's at the very end of the text; the blank that it puts there first keeps that from ever matching.
    static string Western(string text)
    {
        text = BleuTokens.Unescaped(text.Replace("\n-", "", StringComparison.Ordinal).Replace('\n', ' '));
        return WesternTokens.Split($" {text} ", parted => parted.Replace("'s ", " 's ", StringComparison.Ordinal));
    }

    // tercom's rules for runs of Japanese syllables are tied to the start of the text, where the blank stands: they never match.
    static string Asian(string text)
    {
        foreach (var characters in (Regex[])[Ideographs(), StrokesAndRadicals(), Compatibility(), Enclosed(), AsianMarks(), FullWidthMarks()])
        {
            text = characters.Replace(text, " $0 ");
        }

        return text;
    }

    [GeneratedRegex(@"[.,?:;!""()]", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb]", RegexOptions.CultureInvariant)]
    private static partial Regex AsianMarks();

    [GeneratedRegex(@"[\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]", RegexOptions.CultureInvariant)]
    private static partial Regex FullWidthMarks();

    [GeneratedRegex(@"[\u4e00-\u9fff\u3400-\u4dbf]", RegexOptions.CultureInvariant)]
    private static partial Regex Ideographs();

    [GeneratedRegex(@"[\u31c0-\u31ef\u2e80-\u2eff]", RegexOptions.CultureInvariant)]
    private static partial Regex StrokesAndRadicals();

    [GeneratedRegex(@"[\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f]", RegexOptions.CultureInvariant)]
    private static partial Regex Compatibility();

    [GeneratedRegex(@"[\u3200-\u3f22]", RegexOptions.CultureInvariant)]
    private static partial Regex Enclosed();
}
