namespace Assay.Tasks;

/// <summary>One row of a data file.</summary>
/// <param name="Location">Where it stands: <c>test.jsonl:812</c>.</param>
/// <param name="Columns">In the order of the file; values as in <see cref="Template"/>.</param>
public sealed record Document(string Location, IReadOnlyDictionary<string, object?> Columns)
{
    /// <summary>The value of a column.</summary>
    /// <exception cref="UserErrorException">There is no such column; the message lists those there are.</exception>
    public object? this[string column] => Columns.TryGetValue(column, out var value)
        ? value
        : throw new UserErrorException(
            $"{Location}: there is no column '{column}'.{NearestName.Hint(column, Columns.Keys)} The row has: {string.Join(", ", Columns.Keys)}.");

    internal Document With(params ReadOnlySpan<(string Column, object? Value)> values)
    {
        var columns = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (column, value) in Columns)
        {
            columns[column] = value;
        }

        foreach (var (column, value) in values)
        {
            columns[column] = value;
        }

        return this with { Columns = columns };
    }
}
