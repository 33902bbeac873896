using System.Globalization;
using System.Text;

namespace Assay.Metrics.Text;

/// <summary>The normal form of an answer that SQuAD and HELM share: lower case, no punctuation of ASCII, no articles, single blanks.</summary>
static class AnswerText
{
    public static string Normalize(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in UnicodeText.Lower(text))
        {
            _ = UnicodeText.AsciiPunctuation.Contains(c) ? bare : bare.Append(c);
        }

        var result = new StringBuilder(bare.Length);
        var whole = WithoutArticles(bare.ToString());
        var at = 0;
        while (UnicodeText.NextWord(whole, ref at, out var word))
        {
            _ = result.Length == 0 ? result.Append(word) : result.Append(' ').Append(word);
        }

        return result.ToString();
    }

    // \b(a|an|the)\b -> ' ', with Python's idea of a word's end, which a combining mark is.
    static string WithoutArticles(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            while (end < text.Length && IsWord(text, end))
            {
                end++;
            }

            if (end == start)
            {
                result.Append(text[start++]);
                continue;
            }

            var word = text.AsSpan(start, end - start);
            _ = word is "a" or "an" or "the" ? result.Append(' ') : result.Append(word);
            start = end;
        }

        return result.ToString();
    }

    // A letter or a number; the category of a surrogate pair is that of its code point, for both halves.
    static bool IsWord(string text, int at) => text[at] == '_' || CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[at]) && at > 0 ? at - 1 : at) is
        <= UnicodeCategory.OtherLetter or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber);
}
