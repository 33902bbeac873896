using System.Globalization;
using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>A quoted text with Python's escapes.</summary>
static class StringLiteral
{
    /// <summary>The text that opens at <paramref name="start"/>, and the index after its closing quote.</summary>
    public static (string Text, int End) Read(string source, int start)
    {
        var text = new StringBuilder();
        for (var i = start + 1; i < source.Length; i++)
        {
            if (source[i] == source[start])
            {
                return (text.ToString(), i + 1);
            }

            i = source[i] == '\\' && i + 1 < source.Length ? AppendEscape(text, source, i + 1) : AppendPlain(text, source, i);
        }

        throw new TemplateFault($"a text that is not closed; expected {source[start]}", start);
    }

    static int AppendPlain(StringBuilder text, string source, int at)
    {
        text.Append(source[at]);
        return at;
    }

    // Gives the index of the last character that belongs to the escape.
    static int AppendEscape(StringBuilder text, string source, int at)
    {
        switch (source[at])
        {
            case '\n':
                return at;
            case 'x':
                return AppendCode(text, source, at, 2);
            case 'u':
                return AppendCode(text, source, at, 4);
            case 'U':
                return AppendCode(text, source, at, 8);
            case >= '0' and <= '7':
                return AppendOctal(text, source, at);
            default:
                const string Names = "abfnrtv\\'\"";
                var known = Names.IndexOf(source[at], StringComparison.Ordinal);
                text.Append(known >= 0 ? "\a\b\f\n\r\t\v\\'\""[known].ToString() : $"\\{source[at]}");
                return at;
        }
    }

    static int AppendCode(StringBuilder text, string source, int at, int digits)
    {
        if (at + digits >= source.Length
            || !int.TryParse(source.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10FFFF)
        {
            throw new TemplateFault($"'\\{source[at]}' without {digits} hexadecimal digits of a character", at);
        }

        _ = code is < 0x10000 ? text.Append((char)code) : text.Append(char.ConvertFromUtf32(code));
        return at + digits;
    }

    static int AppendOctal(StringBuilder text, string source, int at)
    {
        var end = at;
        var code = 0;
        while (end < source.Length && end < at + 3 && source[end] is >= '0' and <= '7')
        {
            code = (code * 8) + (source[end++] - '0');
        }

        text.Append((char)code);
        return end - 1;
    }
}
