using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>The methods of Python's <c>str</c> that task files use. Case is mapped character by character (no 'ß' to 'SS').</summary>
static class StringMethods
{
    static readonly Dictionary<string, Func<string, Arguments, object?>> _methods = new(StringComparer.Ordinal)
    {
        ["capitalize"] = (text, _) => Capitalize(text),
        ["count"] = (text, arguments) => Count(text, Text(arguments)),
        ["endswith"] = (text, arguments) => Affixes(arguments).Any(affix => text.EndsWith(affix, StringComparison.Ordinal)),
        ["find"] = (text, arguments) => PythonString.PointOf(text, text.IndexOf(Text(arguments), StringComparison.Ordinal)),
        ["index"] = (text, arguments) => Index(text, arguments),
        ["isdigit"] = (text, _) => text.Length > 0 && text.All(char.IsDigit),
        ["join"] = Join,
        ["lower"] = (text, _) => text.ToLowerInvariant(),
        ["lstrip"] = (text, arguments) => PythonString.TrimStart(text, Chars(arguments)),
        ["replace"] = Replace,
        ["rfind"] = (text, arguments) => PythonString.PointOf(text, text.LastIndexOf(Text(arguments), StringComparison.Ordinal)),
        ["rsplit"] = (text, arguments) => Split(text, arguments, PythonString.SplitFromEnd),
        ["rstrip"] = (text, arguments) => PythonString.TrimEnd(text, Chars(arguments)),
        ["split"] = (text, arguments) => Split(text, arguments, PythonString.Split),
        ["startswith"] = (text, arguments) => Affixes(arguments).Any(affix => text.StartsWith(affix, StringComparison.Ordinal)),
        ["strip"] = (text, arguments) => PythonString.Trim(text, Chars(arguments)),
        ["title"] = (text, _) => Title(text),
        ["upper"] = (text, _) => text.ToUpperInvariant(),
    };

    public static IEnumerable<string> Names => _methods.Keys;

    public static Callable? Find(string text, string name) =>
        _methods.TryGetValue(name, out var method) ? new Callable(name, arguments => method(text, arguments)) : null;

    public static string Capitalize(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsUpper(c) || char.IsLower(c);
        }

        return result.ToString();
    }

    /// <summary>Every occurrence, or the first <paramref name="limit"/> ones when it is not negative.</summary>
    public static string Replace(string text, string old, string replacement, long limit)
    {
        if (limit < 0 && old.Length > 0)
        {
            return text.Replace(old, replacement, StringComparison.Ordinal);
        }

        var result = new StringBuilder();
        var at = 0;
        for (var done = 0L; limit < 0 || done < limit; done++)
        {
            var next = at > text.Length ? -1 : text.IndexOf(old, at, StringComparison.Ordinal);
            if (next < 0)
            {
                break;
            }

            // An empty text stands before every character and at the end.
            var step = old.Length == 0 ? Math.Min(1, text.Length - next) : 0;
            result.Append(text, at, next - at).Append(replacement).Append(text, next, step);
            at = next + (old.Length == 0 && next == text.Length ? 1 : step + old.Length);
        }

        return at < text.Length ? result.Append(text, at, text.Length - at).ToString() : result.ToString();
    }

    static string Replace(string text, Arguments arguments)
    {
        var values = arguments.Bind(2, ("old", null), ("new", null), ("count", -1L));
        return Replace(text, Text(values[0], "replace"), Text(values[1], "replace"), PythonNumber.Integer(values[2], "replace"));
    }

    static long Index(string text, Arguments arguments)
    {
        var wanted = Text(arguments);
        var at = text.IndexOf(wanted, StringComparison.Ordinal);
        return at >= 0 ? PythonString.PointOf(text, at) : throw new TemplateFault($"{PythonText.Repr(wanted)} is not in the text");
    }

    static string Join(string separator, Arguments arguments) => string.Join(
        separator, PythonValue.Items(arguments.Bind(1, ("items", null))[0], "join").Select(item => Text(item, "join")));

    static List<object?> Split(string text, Arguments arguments, Func<string, string?, long, List<object?>> split)
    {
        var values = arguments.Bind(0, ("sep", null), ("maxsplit", -1L));
        return split(text, values[0] is null ? null : Text(values[0], arguments.Owner), PythonNumber.Integer(values[1], arguments.Owner));
    }

    static long Count(string text, string wanted)
    {
        if (wanted.Length == 0)
        {
            return PythonString.Length(text) + 1;
        }

        var count = 0L;
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; count++)
        {
            at = text.IndexOf(wanted, at + wanted.Length, StringComparison.Ordinal);
        }

        return count;
    }

    static string? Chars(Arguments arguments) => arguments.Bind(0, ("chars", null))[0] is { } chars ? Text(chars, arguments.Owner) : null;

    static IEnumerable<string> Affixes(Arguments arguments) => arguments.Bind(1, ("affix", null))[0] switch
    {
        TupleValue several => several.Select(affix => Text(affix, arguments.Owner)),
        var one => [Text(one, arguments.Owner)],
    };

    static string Text(Arguments arguments) => Text(arguments.Bind(1, ("text", null))[0], arguments.Owner);

    static string Text(object? value, string owner) =>
        value as string ?? throw new TemplateFault($"'{owner}' needs a str and got {PythonValue.Describe(value)}");
}
