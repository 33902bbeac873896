using System.Globalization;
using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>
/// Values as JSON: Jinja's <c>tojson</c> (sorted keys, ASCII only, safe inside HTML), or as Python's <c>json.dumps(value, ensure_ascii=False)</c>
/// writes them, which chat templates and the logs of lm-evaluation-harness have.
/// </summary>
static class PythonJson
{
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, plain: false, indent: null);
        return text.ToString();
    }

    public static object? WritePlain(object? value, Arguments arguments) => arguments.Positional.Count + arguments.Named.Count == 0
        ? Plain(value)
        : throw new TemplateFault("'tojson' takes no arguments here, such as indent");

    /// <summary><c>json.dumps(value, ensure_ascii=False)</c>.</summary>
    public static string Plain(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, plain: true, indent: null);
        return text.ToString();
    }

    /// <summary><c>json.dumps(value, ensure_ascii=False, indent=2)</c>.</summary>
    public static string Indented(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, plain: true, indent: 0);
        return text.ToString();
    }

    // The indent is that of the line on which the value begins; null writes all on one line.
    static void Append(StringBuilder text, object? value, bool plain, int? indent)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string chars:
                AppendQuoted(text, chars, plain);
                break;
            case double number when !double.IsFinite(number):
                text.Append(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case IReadOnlyDictionary<string, object?> entries:
                AppendEntries(text, entries, plain, indent);
                break;
            case IReadOnlyList<object?> items:
                AppendItems(text, items, plain, indent);
                break;
            case Undefined undefined:
                throw undefined.Fault();
            default:
                text.Append(PythonText.Str(value));
                break;
        }
    }

    static void AppendEntries(StringBuilder text, IReadOnlyDictionary<string, object?> entries, bool plain, int? indent)
    {
        var inner = indent + 2;
        text.Append('{');
        var first = true;
        IEnumerable<KeyValuePair<string, object?>> ordered = plain ? entries : entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);
        foreach (var (key, value) in ordered)
        {
            Separate(text, ref first, inner);
            AppendQuoted(text, key, plain);
            text.Append(": ");
            Append(text, value, plain, inner);
        }

        End(text, entries.Count, indent).Append('}');
    }

    static void AppendItems(StringBuilder text, IReadOnlyList<object?> items, bool plain, int? indent)
    {
        var inner = indent + 2;
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            Separate(text, ref first, inner);
            Append(text, item, plain, inner);
        }

        End(text, items.Count, indent).Append(']');
    }

    static void Separate(StringBuilder text, ref bool first, int? indent)
    {
        text.Append(first ? "" : indent is null ? ", " : ",");
        first = false;
        if (indent is { } blanks)
        {
            text.Append('\n').Append(' ', blanks);
        }
    }

    static StringBuilder End(StringBuilder text, int count, int? indent) =>
        indent is { } blanks && count > 0 ? text.Append('\n').Append(' ', blanks) : text;

    static void AppendQuoted(StringBuilder quoted, string text, bool plain)
    {
        quoted.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ when plain => quoted.Append(c),
                '<' or '>' or '&' or '\'' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        quoted.Append('"');
    }
}
