using System.Globalization;
using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>Jinja's <c>tojson</c>: sorted keys, ASCII only, safe inside HTML.</summary>
static class PythonJson
{
    public static string Write(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quote(text),
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        IReadOnlyDictionary<string, object?> entries =>
            "{" + string.Join(", ", entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{Quote(entry.Key)}: {Write(entry.Value)}")) + "}",
        IReadOnlyList<object?> items => "[" + string.Join(", ", items.Select(Write)) + "]",
        _ => PythonText.Str(value),
    };

    static string Quote(string text)
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
                '<' or '>' or '&' or '\'' or < ' ' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
