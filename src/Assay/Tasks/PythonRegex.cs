using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Tasks;

/// <summary>
/// Regular expressions in Python's notation. <c>(?P&lt;name&gt;...)</c> becomes a plain group, so that groups keep Python's numbers (.NET counts
/// named ones last), <c>(?P=name)</c> a numbered reference and <c>\Z</c> the very end.
/// </summary>
static class PythonRegex
{
    // An answer is a few kilobytes: what takes longer backtracks without end.
    static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">The pattern is wrong.</exception>
    public static Regex Compile(string pattern) => new(Translate(pattern), RegexOptions.CultureInvariant, _timeout);

    static string Translate(string pattern)
    {
        var result = new StringBuilder();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = 0;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest[0] == '\\' && rest.Length > 1)
            {
                result.Append(!inClass && rest[1] == 'Z' ? "\\z" : rest[..2]);
                i++;
                continue;
            }

            if (!inClass && rest.StartsWith("(?P") && rest.IndexOfAny(">)") is var end and > 3)
            {
                var name = rest[4..end].ToString();
                result.Append(rest[3] == '<' ? "(" : string.Create(CultureInfo.InvariantCulture, $"\\k<{names.GetValueOrDefault(name, -1)}>"));
                _ = rest[3] == '<' && names.TryAdd(name, ++groups);
                i += end;
                continue;
            }

            groups += !inClass && rest[0] == '(' && !rest.StartsWith("(?") ? 1 : 0;
            inClass = inClass ? rest[0] != ']' || IsFirstInClass(pattern, i) : rest[0] == '[';
            result.Append(rest[0]);
        }

        return result.ToString();
    }

    // ']' right after '[' or '[^' is an ordinary character.
    static bool IsFirstInClass(string pattern, int at) => pattern[at - 1] == '[' || (at > 1 && pattern[at - 1] == '^' && pattern[at - 2] == '[');
}
