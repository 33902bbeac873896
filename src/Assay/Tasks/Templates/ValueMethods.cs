namespace Assay.Tasks.Templates;

/// <summary><c>value.name</c>: a method of the value's type, else the entry of a dictionary.</summary>
static class ValueMethods
{
    static readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, Arguments, object?>> _dictionary = new(StringComparer.Ordinal)
    {
        ["get"] = Get,
        ["items"] = (entries, _) => entries.Select(entry => (object?)new TupleValue(entry.Key, entry.Value)).ToList(),
        ["keys"] = (entries, _) => entries.Keys.Select(key => (object?)key).ToList(),
        ["values"] = (entries, _) => entries.Values.ToList(),
    };

    static readonly Dictionary<string, Func<IReadOnlyList<object?>, Arguments, object?>> _list = new(StringComparer.Ordinal)
    {
        ["count"] = (items, arguments) => (long)Places(items, arguments).Count(),
        ["index"] = (items, arguments) => Index(items, arguments),
    };

    public static object? Attribute(object? value, string name)
    {
        return value switch
        {
            Undefined undefined => throw undefined.Fault(),
            NamespaceValue values => values.Find(name),
            string text => StringMethods.Find(text, name) ?? (object)Missing(value, name, StringMethods.Names),
            IReadOnlyDictionary<string, object?> entries when _dictionary.TryGetValue(name, out var method) =>
                new Callable(name, arguments => method(entries, arguments)),
            IReadOnlyDictionary<string, object?> => PythonValue.Index(value, name),
            IReadOnlyList<object?> items when _list.TryGetValue(name, out var method) =>
                new Callable(name, arguments => method(items, arguments)),
            IReadOnlyList<object?> => Missing(value, name, _list.Keys),
            _ => Missing(value, name, []),
        };
    }

    static Undefined Missing(object? value, string name, IEnumerable<string> known)
    {
        var methods = string.Join(", ", known);
        var hint = methods.Length == 0 ? "" : $"; supported on a {PythonValue.TypeName(value)}: {methods}";
        return new Undefined($"{PythonValue.Describe(value)} has no '{name}'{hint}");
    }

    static object? Get(IReadOnlyDictionary<string, object?> entries, Arguments arguments)
    {
        var values = arguments.Bind(1, ("key", null), ("default", null));
        return values[0] is string key && entries.TryGetValue(key, out var found) ? found : values[1];
    }

    static long Index(IReadOnlyList<object?> items, Arguments arguments) => Places(items, arguments).Cast<long?>().FirstOrDefault()
        ?? throw new TemplateFault($"{PythonValue.Describe(arguments.Positional[0])} is not in {PythonValue.Describe(items)}");

    static IEnumerable<long> Places(IReadOnlyList<object?> items, Arguments arguments)
    {
        var wanted = arguments.Bind(1, ("value", null))[0];
        return Enumerable.Range(0, items.Count).Where(i => PythonValue.AreEqual(items[i], wanted)).Select(i => (long)i);
    }
}
