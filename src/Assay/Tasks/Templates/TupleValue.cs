using System.Collections;

namespace Assay.Tasks.Templates;

/// <summary>A Python tuple: a list that prints with parentheses.</summary>
sealed class TupleValue(params IReadOnlyList<object?> items) : IReadOnlyList<object?>
{
    public int Count => items.Count;

    public object? this[int index] => items[index];

    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
