using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Transformers.Tokenizing;

// A pattern in the notation of Oniguruma (Ruby's), which the tokenizers library uses, in .NET's: possessive quantifiers become atomic groups,
// \w and \h get their classes, the long s and the Kelvin sign count as s and k where case is ignored, ^ and $ stand at every line.
sealed class OnigurumaPattern
{
    const string Word = @"\p{L}\p{M}\p{Nd}\p{Pc}";

    readonly string _pattern;
    readonly StringBuilder _output = new();
    readonly Stack<(int Start, bool IgnoresCase)> _groups = new();
    bool _ignoresCase;
    int _atom;
    int _at;

    OnigurumaPattern(string pattern)
    {
        _pattern = pattern;
    }

    /// <exception cref="FormatException">What the pattern uses that has no counterpart.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return PublishedPatterns.Find(pattern) ?? new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Compiled);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <exception cref="FormatException">As <see cref="Compile"/>.</exception>
    public static string Translate(string pattern)
    {
        if (pattern.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            throw new FormatException("it names characters beyond U+FFFF");
        }

        return new OnigurumaPattern(pattern).Translate();
    }

    string Translate()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at];
            if (c is '*' or '+' or '?' or '{')
            {
                Quantifier();
                continue;
            }

            var before = _output.Length;
            switch (c)
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    OpenGroup();
                    break;
                case ')':
                    before = CloseGroup();
                    break;
                default:
                    Letter(c);
                    break;
            }

            _atom = before;
        }

        return _output.ToString();
    }

    void Letter(char c)
    {
        _at++;
        _output.Append((_ignoresCase, char.ToLowerInvariant(c)) switch { (true, 's') => "[sS\u017F]", (true, 'k') => "[kK\u212A]", _ => c.ToString() });
    }

    void Quantifier()
    {
        var start = _at++;
        if (_pattern[start] == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            _at = end < 0 ? throw new FormatException("'{' is not closed") : end + 1;
        }

        var quantifier = _pattern[start.._at].Replace("{,", "{0,", StringComparison.Ordinal);
        var next = _at < _pattern.Length ? _pattern[_at] : '\0';
        if (next == '+')
        {
            // After braces a plus repeats once more, after the others it is possessive.
            _output.Insert(_atom, quantifier[0] == '{' ? "(?:" : "(?>").Append(quantifier).Append(quantifier[0] == '{' ? ")+" : ")");
            _at++;
            return;
        }

        _output.Append(quantifier);
        if (next == '?')
        {
            _output.Append('?');
            _at++;
        }
    }

    void Escape(bool inClass)
    {
        var name = _at + 1 < _pattern.Length ? _pattern[_at + 1] : throw new FormatException("it ends with a backslash");
        var width = 2;
        switch (name)
        {
            case 'w':
                _output.Append(inClass ? Word : $"[{Word}]");
                break;
            case 'W' when !inClass:
                _output.Append($"[^{Word}]");
                break;
            case 'h':
                _output.Append(inClass ? "0-9a-fA-F" : "[0-9a-fA-F]");
                break;
            case 'p' or 'P':
                var end = _pattern.IndexOf('}', _at);
                width = end < 0 ? throw new FormatException("'\\p' without '{...}'") : end + 1 - _at;
                _output.Append(_pattern, _at, width);
                break;
            case 'W' or 'H' or 'R' or 'X' or 'K' or 'G' or 'g' or 'k' or 'x':
                throw new FormatException($"'\\{name}' is not supported");
            default:
                _output.Append(_pattern, _at, width);
                break;
        }

        _at += width;
    }

    void Class()
    {
        var first = _at + (_pattern.AsSpan(_at).StartsWith("[^") ? 2 : 1);
        _output.Append(_pattern, _at, first - _at);
        for (_at = first; _at < _pattern.Length && (_pattern[_at] != ']' || _at == first);)
        {
            if (_pattern[_at] == '[' || _pattern.AsSpan(_at).StartsWith("&&"))
            {
                throw new FormatException("a class inside a class is not supported");
            }

            if (_pattern[_at] == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                _output.Append(_pattern[_at++]);
            }
        }

        _output.Append(_at++ < _pattern.Length ? ']' : throw new FormatException("'[' is not closed"));
    }

    void OpenGroup()
    {
        _groups.Push((_output.Length, _ignoresCase));
        var rest = _pattern.AsSpan(_at);
        var width = rest.StartsWith("(?i:") ? 4
            : rest.StartsWith("(?:") || rest.StartsWith("(?=") || rest.StartsWith("(?!") || rest.StartsWith("(?>") ? 3
            : rest.StartsWith("(?<=") || rest.StartsWith("(?<!") ? 4
            : rest.StartsWith("(?") ? throw new FormatException($"the group '{rest[..Math.Min(5, rest.Length)]}' is not supported")
            : 1;
        _ignoresCase |= rest.StartsWith("(?i:");
        _output.Append(rest[..width]);
        _at += width;
    }

    // Where the group starts, so that a quantifier behind it takes all of it.
    int CloseGroup()
    {
        if (!_groups.TryPop(out var group))
        {
            throw new FormatException("')' closes no group");
        }

        _ignoresCase = group.IgnoresCase;
        _output.Append(')');
        _at++;
        return group.Start;
    }
}
