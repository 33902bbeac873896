using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Transformers.Tokenizing;

// Cuts a text into the pieces inside which tokens are merged.
abstract class PreTokenizer
{
    public abstract void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces);
}

sealed class PreTokenizerSequence(IReadOnlyList<PreTokenizer> steps) : PreTokenizer
{
    public override void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces)
    {
        List<ReadOnlyMemory<char>> current = [text];
        foreach (var step in steps)
        {
            var cut = new List<ReadOnlyMemory<char>>(current.Count);
            foreach (var piece in current)
            {
                step.Split(piece, cut);
            }

            current = cut;
        }

        pieces.AddRange(current);
    }
}

// ByteLevel's add_prefix_space.
sealed class SpacePrefix : PreTokenizer
{
    public override void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces) =>
        pieces.Add(text.Span[0] == ' ' ? text : string.Concat(" ", text.Span).AsMemory());
}

// Numbers (Unicode Nd, Nl, No) from everything else: each alone, or run by run.
sealed class DigitSplit(bool individual) : PreTokenizer
{
    public override void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces)
    {
        var start = 0;
        var wasDigit = false;
        var at = 0;
        foreach (var rune in text.Span.EnumerateRunes())
        {
            var isDigit = Rune.IsNumber(rune);
            if (at > start && (isDigit != wasDigit || (isDigit && individual)))
            {
                pieces.Add(text[start..at]);
                start = at;
            }

            wasDigit = isDigit;
            at += rune.Utf16SequenceLength;
        }

        pieces.Add(text[start..]);
    }
}

// What the pattern finds and what lies between, put together as the behaviour says.
sealed class RegexSplit(Regex pattern, SplitBehavior behavior, bool invert) : PreTokenizer
{
    public override void Split(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces)
    {
        var plain = BmpText.Of(text.Span);
        var joiner = new SplitJoiner(text, pieces, behavior);
        var end = 0;
        foreach (var match in pattern.EnumerateMatches(plain.Characters(text.Span)))
        {
            var (from, to) = (plain.PlaceOf(match.Index), plain.PlaceOf(match.Index + match.Length));
            joiner.Add(end, from, invert);
            joiner.Add(from, to, !invert);
            end = to;
        }

        joiner.Add(end, text.Length, invert);
        joiner.Finish();
    }
}
