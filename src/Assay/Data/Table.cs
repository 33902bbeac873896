namespace Assay.Data;

/// <summary>Typed columns of one length with real missing values. Immutable.</summary>
public sealed class Table
{
    readonly Dictionary<string, Column> _byName;

    /// <summary>Columns of one length with distinct names.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a name stands twice.</exception>
    public Table(IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = columns;
        RowCount = columns.Count == 0 ? 0 : columns[0].Length;
        if (columns.FirstOrDefault(column => column.Length != RowCount) is { } odd)
        {
            throw new ArgumentException($"Column '{odd.Name}' has {odd.Length} rows, the others {RowCount}.", nameof(columns));
        }

        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Rows of every column.</summary>
    public int RowCount { get; }

    /// <summary>What the reader found out and left out; null where no reader made the table.</summary>
    public ReadNotes? Notes { get; init; }

    /// <summary>The column of that name.</summary>
    /// <exception cref="UserErrorException">There is none; the message lists those there are.</exception>
    public Column this[string name] => Find(name) ?? throw new UserErrorException(
        $"There is no column '{name}'.{NearestName.Hint(name, _byName.Keys)} The table has: {string.Join(", ", _byName.Keys)}.");

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The given rows, in the given order.</summary>
    public Table Select(int[] rows) => new([.. Columns.Select(column => column.Select(rows))]);

    /// <summary>The table without the named columns; names it does not have are ignored.</summary>
    public Table Without(IEnumerable<string> names)
    {
        var dropped = names.ToHashSet(StringComparer.Ordinal);
        return new Table([.. Columns.Where(column => !dropped.Contains(column.Name))]);
    }
}
