using System.Text;

namespace Assay.Transformers.Tokenizing;

static class Utf16
{
    // Lone surrogates as U+FFFD; the text itself where there are none.
    public static string Whole(string text)
    {
        var at = IndexOfLoneSurrogate(text, 0);
        if (at < 0)
        {
            return text;
        }

        var whole = new StringBuilder(text);
        for (; at >= 0; at = IndexOfLoneSurrogate(text, at + 1))
        {
            whole[at] = '\uFFFD';
        }

        return whole.ToString();
    }

    static int IndexOfLoneSurrogate(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var step = text.AsSpan(at).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}
