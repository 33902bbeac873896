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
}
