namespace Assay.Tasks.Templates;

/// <summary>The names that are visible at one place: the values given, and what <c>set</c> and <c>for</c> added on the way.</summary>
sealed class Scope(IReadOnlyDictionary<string, object?> variables, TemplateDialect dialect = TemplateDialect.Harness, Scope? parent = null)
{
    // Most templates set nothing.
    Dictionary<string, object?>? _locals;

    public TemplateDialect Dialect => dialect;

    public Scope Inner() => new(variables, dialect, this);

    public void Set(string name, object? value) => (_locals ??= new(StringComparer.Ordinal))[name] = value;

    public object? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._locals is { } locals && locals.TryGetValue(name, out var local))
            {
                return local;
            }
        }

        if (variables.TryGetValue(name, out var value))
        {
            return value;
        }

        return TemplateFunctions.Find(name) ?? (object)new Undefined(
            $"'{name}' is not defined.{NearestName.Hint(name, variables.Keys)} Known: {Shorten(variables.Keys)}");
    }

    Scope? Parent { get; } = parent;

    static string Shorten(IEnumerable<string> names)
    {
        var known = names.Take(21).ToArray();
        return known.Length == 0 ? "nothing" : string.Join(", ", known.Take(20)) + (known.Length > 20 ? ", ..." : "");
    }
}
