using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Assay.Models;

/// <summary>The columns of a row, and the row itself as <c>row</c> where it has no such column: a view, so that nothing is copied row by row.</summary>
sealed class RowValues(IReadOnlyDictionary<string, object?> columns) : IReadOnlyDictionary<string, object?>
{
    const string Row = "row";

    public IEnumerable<string> Keys => columns.ContainsKey(Row) ? columns.Keys : columns.Keys.Append(Row);

    public IEnumerable<object?> Values => Keys.Select(key => this[key]);

    public int Count => columns.Count + (columns.ContainsKey(Row) ? 0 : 1);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => key == Row || columns.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        if (columns.TryGetValue(key, out value))
        {
            return true;
        }

        value = key == Row ? columns : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
