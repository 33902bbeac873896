using System.Buffers;
using System.Text;

namespace Assay.Transformers.Tokenizing;

// Finds added tokens, the leftmost first and of those at one place the longest, as AddedVocabulary of the tokenizers library does.
sealed class AddedTokens
{
    readonly AddedToken[] _longestFirst;
    readonly SearchValues<char> _starts;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.Where(token => token.Content.Length > 0).OrderByDescending(token => token.Content.Length)];
        _starts = SearchValues.Create([.. _longestFirst.Select(token => token.Content[0]).Distinct()]);
    }

    /// <summary>The next token from <paramref name="from"/> on; its range takes in the blanks that it strips, not those before <paramref name="from"/>.</summary>
    public (AddedToken? Token, int Start, int End) Next(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; _longestFirst.Length > 0 && at < text.Length; at++)
        {
            var step = text[at..].IndexOfAny(_starts);
            if (step < 0)
            {
                break;
            }

            at += step;
            if (StartingAt(text[at..]) is { } token)
            {
                var end = at + token.Content.Length;
                if (!token.SingleWord || IsAlone(text, at, end))
                {
                    var start = token.LeftStrip ? from + text[from..at].TrimEnd().Length : at;
                    return (token, start, token.RightStrip ? text.Length - text[end..].TrimStart().Length : end);
                }

                at = end - 1;
            }
        }

        return (null, text.Length, text.Length);
    }

    AddedToken? StartingAt(ReadOnlySpan<char> text)
    {
        foreach (var token in _longestFirst)
        {
            if (text.StartsWith(token.Content, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }

    static bool IsAlone(ReadOnlySpan<char> text, int start, int end) =>
        !(Rune.DecodeLastFromUtf16(text[..start], out var before, out _) == OperationStatus.Done && IsWord(before))
        && !(Rune.DecodeFromUtf16(text[end..], out var after, out _) == OperationStatus.Done && IsWord(after));

    // \w of Rust's regex, but for the few letter-like symbols of Alphabetic.
    static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is <= System.Globalization.UnicodeCategory.LetterNumber
        or System.Globalization.UnicodeCategory.ConnectorPunctuation || rune.Value is 0x200C or 0x200D;
}
