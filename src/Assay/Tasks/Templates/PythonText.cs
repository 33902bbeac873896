using System.Globalization;
using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>Values as Python's <c>str</c> and <c>repr</c> write them.</summary>
static class PythonText
{
    public static string Str(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => Repr(value),
    };

    public static string Repr(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case bool flag:
                text.Append(flag ? "True" : "False");
                break;
            case long number:
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case double number:
                text.Append(PythonNumber.Repr(number));
                break;
            case string chars:
                AppendQuoted(text, chars);
                break;
            case IReadOnlyDictionary<string, object?> entries:
                AppendEntries(text, entries);
                break;
            case TupleValue tuple:
                AppendItems(text, tuple, "(", tuple.Count == 1 ? ",)" : ")");
                break;
            case IReadOnlyList<object?> items:
                AppendItems(text, items, "[", "]");
                break;
            case Undefined { Lenient: true }:
                break;
            case NamespaceValue:
                throw new TemplateFault("a namespace cannot be printed; print one of its values");
            case Undefined undefined:
                throw undefined.Fault();
            case Callable callable:
                throw new TemplateFault($"'{callable.Name}' is a function that is not called; write {callable.Name}(...)");
            default:
                throw new InvalidOperationException($"{value.GetType()} is not a template's value");
        }
    }

    static void AppendItems(StringBuilder text, IReadOnlyList<object?> items, string open, string close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, items[i]);
        }

        text.Append(close);
    }

    static void AppendEntries(StringBuilder text, IReadOnlyDictionary<string, object?> entries)
    {
        var separator = "{";
        foreach (var (key, value) in entries)
        {
            text.Append(separator);
            AppendQuoted(text, key);
            text.Append(": ");
            Append(text, value);
            separator = ", ";
        }

        text.Append(entries.Count == 0 ? "{}" : "}");
    }

    static void AppendQuoted(StringBuilder text, string chars)
    {
        var quote = chars.Contains('\'', StringComparison.Ordinal) && !chars.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < chars.Length; i++)
        {
            if (Rune.TryGetRuneAt(chars, i, out var rune))
            {
                AppendRune(text, rune, quote);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)chars[i]:x4}");
            }
        }

        text.Append(quote);
    }

    static void AppendRune(StringBuilder text, Rune rune, char quote)
    {
        _ = rune.Value switch
        {
            '\\' => text.Append("\\\\"),
            '\n' => text.Append("\\n"),
            '\r' => text.Append("\\r"),
            '\t' => text.Append("\\t"),
            var code when code == quote => text.Append('\\').Append(quote),
            ' ' => text.Append(' '),
            _ when IsPrintable(rune) => text.Append(rune.ToString()),
            < 0x100 => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            < 0x10000 => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }

    // str.isprintable: everything but "Other" and "Separator" of the Unicode categories.
    static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
