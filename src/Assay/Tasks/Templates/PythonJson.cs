using System.Globalization;
using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>
/// Values as JSON: Jinja's <c>tojson</c> (sorted keys, ASCII only, safe inside HTML), or the plain one that chat templates have
/// (<c>json.dumps(value, ensure_ascii=False)</c>).
/// </summary>
static class PythonJson
{
    public static string Write(object? value) => Write(value, plain: false);

    public static object? WritePlain(object? value, Arguments arguments) => arguments.Positional.Count + arguments.Named.Count == 0
        ? Write(value, plain: true)
        : throw new TemplateFault("'tojson' takes no arguments here, such as indent");

    static string Write(object? value, bool plain) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quote(text, plain),
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        IReadOnlyDictionary<string, object?> entries => "{" + string.Join(", ", Ordered(entries, plain)
            .Select(entry => $"{Quote(entry.Key, plain)}: {Write(entry.Value, plain)}")) + "}",
        IReadOnlyList<object?> items => "[" + string.Join(", ", items.Select(item => Write(item, plain))) + "]",
        Undefined undefined => throw undefined.Fault(),
        _ => PythonText.Str(value),
    };

    static IEnumerable<KeyValuePair<string, object?>> Ordered(IReadOnlyDictionary<string, object?> entries, bool plain) =>
        plain ? entries : entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    static string Quote(string text, bool plain)
    {
        var quoted = new StringBuilder("\"");
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

        return quoted.Append('"').ToString();
    }
}
