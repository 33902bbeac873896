namespace Assay.Tasks.Templates;

/// <summary>What <c>namespace(...)</c> makes: values that a loop can set for what comes after it.</summary>
sealed class NamespaceValue(IReadOnlyDictionary<string, object?> values)
{
    readonly Dictionary<string, object?> _values = new(values, StringComparer.Ordinal);

    public object? Find(string name) => _values.TryGetValue(name, out var value) ? value : new Undefined($"the namespace has no '{name}'");

    public void Set(string name, object? value) => _values[name] = value;
}
