using System.Buffers;
using System.Text;

namespace Assay.Metrics.Text;

/// <summary>The four steps of NIST's mteval-v13a that part punctuation from words; blanks between tokens may come out doubled.</summary>
static class WesternTokens
{
    // The ranges of mteval's expression: all printable ASCII but letters, digits, the apostrophe, comma, dash and full stop.
    static readonly SearchValues<char> _symbols = SearchValues.Create(" !\"#$%&()*+/:;<=>?@[\\]^_`{|}~");

    /// <param name="line">The text.</param>
    /// <param name="afterSymbols">What else is done when the symbols are parted; null for nothing.</param>
    public static string Split(string line, Func<string, string>? afterSymbols = null)
    {
        line = Symbols(line);
        line = afterSymbols is null ? line : afterSymbols(line);
        return DashAfterDigit(BeforeNonDigit(AfterNonDigit(line)));
    }

    static string Symbols(string line)
    {
        var result = new StringBuilder(line.Length * 2);
        foreach (var c in line)
        {
            _ = _symbols.Contains(c) ? result.Append(' ').Append(c).Append(' ') : result.Append(c);
        }

        return result.ToString();
    }

    // Full stop and comma are parted from what is before them unless that is a digit. Pairs do not overlap, as matches of an expression.
    static string AfterNonDigit(string line) => Pairs(
        line, (first, second) => !char.IsAsciiDigit(first) && IsPoint(second), (result, first, second) => result.Append(first).Append(' ').Append(second).Append(' '));

    static string BeforeNonDigit(string line) => Pairs(
        line, (first, second) => IsPoint(first) && !char.IsAsciiDigit(second), (result, first, second) => result.Append(' ').Append(first).Append(' ').Append(second));

    static string DashAfterDigit(string line) => Pairs(
        line, (first, second) => char.IsAsciiDigit(first) && second == '-', (result, first, second) => result.Append(first).Append(' ').Append(second).Append(' '));

    static string Pairs(string line, Func<char, char, bool> matches, Action<StringBuilder, char, char> append)
    {
        var result = new StringBuilder(line.Length * 2);
        for (var i = 0; i < line.Length; i++)
        {
            if (i + 1 < line.Length && matches(line[i], line[i + 1]))
            {
                append(result, line[i], line[i + 1]);
                i++;
            }
            else
            {
                result.Append(line[i]);
            }
        }

        return result.ToString();
    }

    static bool IsPoint(char c) => c is '.' or ',';
}
