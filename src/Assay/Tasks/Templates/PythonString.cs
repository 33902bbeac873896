using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>Texts counted in Unicode code points, as Python counts them, and split and trimmed by its white space.</summary>
static class PythonString
{
    public static long Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            length -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return length;
    }

    public static string? At(string text, long place)
    {
        var length = Length(text);
        var at = place < 0 ? place + length : place;
        return at >= 0 && at < length ? Pick(text, [(int)at]) : null;
    }

    /// <summary>The code points at these places.</summary>
    public static string Pick(string text, IEnumerable<int> places)
    {
        var result = new StringBuilder();
        if (Length(text) == text.Length)
        {
            foreach (var place in places)
            {
                result.Append(text[place]);
            }

            return result.ToString();
        }

        var points = CodePoints(text);
        foreach (var place in places)
        {
            result.Append(points[place]);
        }

        return result.ToString();
    }

    /// <summary>The code point that the UTF-16 index is at; -1 stays -1.</summary>
    public static long PointOf(string text, int index) => index < 0 ? -1 : Length(text[..index]);

    /// <summary><c>str.isspace</c> of one character: .NET's white space and the four separators U+001C to U+001F.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static string TrimStart(string text, string? chars)
    {
        var start = 0;
        while (start < text.Length && IsTrimmed(text[start], chars))
        {
            start++;
        }

        return text[start..];
    }

    public static string TrimEnd(string text, string? chars)
    {
        var end = text.Length;
        while (end > 0 && IsTrimmed(text[end - 1], chars))
        {
            end--;
        }

        return text[..end];
    }

    public static string Trim(string text, string? chars = null) => TrimEnd(TrimStart(text, chars), chars);

    /// <summary><c>str.split</c>: by runs of white space without a separator; at most <paramref name="limit"/> cuts, -1 for all.</summary>
    public static List<object?> Split(string text, string? separator, long limit)
    {
        var parts = new List<object?>();
        var rest = separator is null ? TrimStart(text, null) : text;
        while (limit < 0 || parts.Count < limit)
        {
            var (at, width) = NextCut(rest, separator);
            if (at < 0)
            {
                break;
            }

            parts.Add(rest[..at]);
            rest = rest[(at + width)..];
        }

        if (separator is not null || rest.Length > 0)
        {
            parts.Add(rest);
        }

        return parts;
    }

    /// <summary><c>str.rsplit</c>: as <see cref="Split"/>, the cuts counted from the end.</summary>
    public static List<object?> SplitFromEnd(string text, string? separator, long limit)
    {
        var reversed = Split(Reverse(text), separator is null ? null : Reverse(separator), limit);
        return [.. reversed.AsEnumerable().Reverse().Select(part => Reverse((string)part!))];
    }

    static (int At, int Width) NextCut(string text, string? separator)
    {
        if (separator is not null)
        {
            return separator.Length > 0
                ? (text.IndexOf(separator, StringComparison.Ordinal), separator.Length)
                : throw new TemplateFault("the separator of split() is empty");
        }

        var at = 0;
        while (at < text.Length && !IsSpace(text[at]))
        {
            at++;
        }

        var end = at;
        while (end < text.Length && IsSpace(text[end]))
        {
            end++;
        }

        return at == text.Length ? (-1, 0) : (at, end - at);
    }

    static bool IsTrimmed(char c, string? chars) => chars is null ? IsSpace(c) : chars.Contains(c, StringComparison.Ordinal);

    static string Reverse(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        source.CopyTo(span);
        span.Reverse();
    });

    static List<string> CodePoints(string text)
    {
        var points = new List<string>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            points.Add(text.Substring(i, pair ? 2 : 1));
            i += pair ? 1 : 0;
        }

        return points;
    }
}
