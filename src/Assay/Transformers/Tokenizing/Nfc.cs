using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Transformers.Tokenizing;

// Normalization form C (Unicode Standard Annex #15): decompose, order the marks, compose. string.Normalize does nothing under
// InvariantGlobalization.
static class Nfc
{
    const int FirstSyllable = 0xAC00;
    const int FirstLead = 0x1100;
    const int FirstVowel = 0x1161;
    const int FirstTrail = 0x11A7;
    const int Leads = 19;
    const int Vowels = 21;
    const int Trails = 28;

    // No character before it composes with one that follows in that range.
    const char FirstMark = '\u0300';

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstMark, char.MaxValue) || !text.EnumerateRunes().Any(rune => IsUnsure(rune.Value)))
        {
            return text;
        }

        var data = CanonicalData.Instance;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(data, rune.Value, codes);
        }

        var span = CollectionsMarshal.AsSpan(codes);
        OrderMarks(data, span);
        var result = new StringBuilder(text.Length);
        foreach (var code in span[..Join(data, span)])
        {
            result.Append(new Rune(code).ToString());
        }

        return result.ToString();
    }

    static bool IsUnsure(int code) => code >= FirstMark && (code is (>= FirstVowel and < FirstVowel + Vowels) or (> FirstTrail and < FirstTrail + Trails) || CanonicalData.Instance.IsUnsure(code));

    static void Decompose(CanonicalData data, int code, List<int> output)
    {
        var syllable = code - FirstSyllable;
        if (syllable is >= 0 and < Leads * Vowels * Trails)
        {
            output.Add(FirstLead + (syllable / (Vowels * Trails)));
            output.Add(FirstVowel + (syllable / Trails % Vowels));
            if (syllable % Trails > 0)
            {
                output.Add(FirstTrail + (syllable % Trails));
            }
        }
        else if (data.DecompositionOf(code) is { } parts)
        {
            foreach (var part in parts)
            {
                Decompose(data, part, output);
            }
        }
        else
        {
            output.Add(code);
        }
    }

    // Stable by class within each run of marks. Insertion would be quadratic on a text of nothing but marks.
    static void OrderMarks(CanonicalData data, Span<int> codes)
    {
        for (var start = 0; start < codes.Length; start++)
        {
            var end = start;
            while (end < codes.Length && data.ClassOf(codes[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] ordered = [.. codes[start..end].ToArray().OrderBy(data.ClassOf)];
                ordered.CopyTo(codes[start..]);
            }

            start = Math.Max(start, end);
        }
    }

    // Composes in place; a mark joins the last starter unless one of its class or higher stands between. Returns the new length.
    static int Join(CanonicalData data, Span<int> codes)
    {
        var (count, starter, lastClass) = (0, -1, -1);
        foreach (var code in codes)
        {
            var ownClass = data.ClassOf(code);
            if (starter >= 0 && lastClass < ownClass && Pair(data, codes[starter], code) is { } joined)
            {
                codes[starter] = joined;
                continue;
            }

            // Between starters nothing may stand: -1 lets a starter follow its neighbour at once.
            if (ownClass == 0)
            {
                (starter, lastClass) = (count, -1);
            }
            else
            {
                lastClass = ownClass;
            }

            codes[count++] = code;
        }

        return count;
    }

    static int? Pair(CanonicalData data, int first, int second)
    {
        if (first - FirstLead is >= 0 and < Leads and var lead && second - FirstVowel is >= 0 and < Vowels and var vowel)
        {
            return FirstSyllable + (((lead * Vowels) + vowel) * Trails);
        }

        var syllable = first - FirstSyllable;
        return syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 && second - FirstTrail is > 0 and < Trails and var trail
            ? first + trail
            : data.CompositionOf(first, second);
    }
}
