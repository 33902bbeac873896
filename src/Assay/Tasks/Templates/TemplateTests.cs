namespace Assay.Tasks.Templates;

/// <summary>What stands after <c>is</c>.</summary>
static class TemplateTests
{
    static readonly Dictionary<string, Func<object?, bool>> _tests = new(StringComparer.Ordinal)
    {
        ["boolean"] = value => value is bool,
        ["callable"] = value => value is Callable,
        ["defined"] = value => value is not Undefined,
        ["false"] = value => value is false,
        ["float"] = value => value is double,
        ["integer"] = value => value is long,
        ["iterable"] = value => value is string or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>,
        ["mapping"] = value => value is IReadOnlyDictionary<string, object?>,
        ["none"] = value => value is null,
        ["number"] = value => value is bool or long or double,
        ["sequence"] = value => value is string or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>,
        ["string"] = value => value is string,
        ["true"] = value => value is true,
        ["undefined"] = value => value is Undefined,
    };

    public static Func<object?, bool>? Find(string name) => _tests.GetValueOrDefault(name);

    public static IEnumerable<string> Names => _tests.Keys;
}
