namespace Assay.Tasks.Templates;

/// <summary>Python's rules on the values null, bool, long, double, string, list and dictionary.</summary>
static class PythonValue
{
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long => "int",
        double => "float",
        string => "str",
        IReadOnlyDictionary<string, object?> => "dict",
        TupleValue => "tuple",
        IReadOnlyList<object?> => "list",
        Undefined undefined => throw undefined.Fault(),
        NamespaceValue => "namespace",
        _ => "function",
    };

    /// <summary>The value and its type, cut to a length that fits a message.</summary>
    public static string Describe(object? value)
    {
        var text = value is Callable callable ? callable.Name : PythonText.Repr(value);
        return $"{(text.Length > 60 ? text[..60] + "..." : text)} ({TypeName(value)})";
    }

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyDictionary<string, object?> entries => entries.Count > 0,
        IReadOnlyList<object?> items => items.Count > 0,
        Undefined { Lenient: true } => false,
        Undefined undefined => throw undefined.Fault(),
        _ => true,
    };

    public static bool AreEqual(object? a, object? b)
    {
        if ((a as Undefined ?? b as Undefined) is { } undefined)
        {
            return undefined.Lenient ? a is Undefined && b is Undefined : throw undefined.Fault();
        }

        if (PythonNumber.TryInteger(a, out var integerA) && PythonNumber.TryInteger(b, out var integerB))
        {
            return integerA == integerB;
        }

        if (PythonNumber.TryDouble(a, out var numberA) && PythonNumber.TryDouble(b, out var numberB))
        {
            return numberA == numberB;
        }

        return (a, b) switch
        {
            (IReadOnlyDictionary<string, object?> x, IReadOnlyDictionary<string, object?> y) =>
                x.Count == y.Count && x.All(entry => y.TryGetValue(entry.Key, out var other) && AreEqual(entry.Value, other)),
            (IReadOnlyList<object?> x, IReadOnlyList<object?> y) =>
                (x is TupleValue) == (y is TupleValue) && x.Count == y.Count && x.Zip(y).All(pair => AreEqual(pair.First, pair.Second)),
            _ => Equals(a, b),
        };
    }

    /// <summary>Negative, zero or positive; only numbers and texts have an order.</summary>
    public static int Compare(object? a, object? b, string symbol)
    {
        if (PythonNumber.TryDouble(a, out var numberA) && PythonNumber.TryDouble(b, out var numberB))
        {
            return PythonNumber.TryInteger(a, out var integerA) && PythonNumber.TryInteger(b, out var integerB)
                ? integerA.CompareTo(integerB)
                : numberA.CompareTo(numberB);
        }

        return a is string textA && b is string textB
            ? string.CompareOrdinal(textA, textB)
            : throw new TemplateFault($"'{symbol}' cannot compare {Describe(a)} with {Describe(b)}");
    }

    public static bool Contains(object? container, object? item) => container switch
    {
        string text => text.Contains(
            item as string ?? throw new TemplateFault($"'in' looks for a str in a str and got {Describe(item)}"), StringComparison.Ordinal),
        IReadOnlyDictionary<string, object?> entries => item is string key && entries.ContainsKey(key),
        IReadOnlyList<object?> items => items.Any(other => AreEqual(item, other)),
        Undefined { Lenient: true } => false,
        _ => throw new TemplateFault($"'in' needs a str, a list or a dict and got {Describe(container)}"),
    };

    /// <summary>The items of a list, the keys of a dictionary, the characters of a text.</summary>
    public static IReadOnlyList<object?> Items(object? value, string owner) => value switch
    {
        IReadOnlyDictionary<string, object?> entries => [.. entries.Keys],
        IReadOnlyList<object?> items => items,
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        Undefined { Lenient: true } => [],
        _ => throw new TemplateFault($"'{owner}' needs a list, a dict or a str and got {Describe(value)}"),
    };

    public static long Length(object? value) => value switch
    {
        string text => PythonString.Length(text),
        IReadOnlyDictionary<string, object?> entries => entries.Count,
        IReadOnlyList<object?> items => items.Count,
        Undefined { Lenient: true } => 0,
        _ => throw new TemplateFault($"'length' needs a list, a dict or a str and got {Describe(value)}"),
    };

    /// <summary><c>value[index]</c>, or an undefined value where there is nothing.</summary>
    public static object? Index(object? value, object? index)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> entries when index is string key:
                return entries.TryGetValue(key, out var entry)
                    ? entry
                    : new Undefined($"there is no '{key}'.{NearestName.Hint(key, entries.Keys)} Known: {string.Join(", ", entries.Keys.Take(20))}");
            case string text when PythonNumber.TryInteger(index, out var place):
                return PythonString.At(text, place) is { } found ? found : new Undefined($"the text has no character {place}");
            case IReadOnlyList<object?> items when PythonNumber.TryInteger(index, out var place):
                var at = place < 0 ? place + items.Count : place;
                return at >= 0 && at < items.Count ? items[(int)at] : new Undefined($"the list of {items.Count} has no item {place}");
            case Undefined undefined:
                throw undefined.Fault();
            default:
                return new Undefined($"{Describe(value)} has no item {Describe(index)}");
        }
    }

    public static object? Slice(object? value, object? start, object? stop, object? step)
    {
        var length = (int)Length(value);
        var places = SliceRange.Of(Bound(start), Bound(stop), Bound(step), length);
        return value switch
        {
            string text => PythonString.Pick(text, places),
            TupleValue items => new TupleValue([.. places.Select(place => items[place])]),
            IReadOnlyList<object?> items => places.Select(place => items[place]).ToList(),
            _ => throw new TemplateFault($"a slice needs a list or a str and got {Describe(value)}"),
        };

        static long? Bound(object? value)
        {
            return value is null ? null : PythonNumber.Integer(value, "[:]");
        }
    }
}
