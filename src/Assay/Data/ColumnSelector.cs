using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Which columns a step of the preparation is about.</summary>
public sealed record ColumnSelector
{
    readonly Func<Column, bool> _takes;
    readonly string _text;

    ColumnSelector(string text, Func<Column, bool> takes, ImmutableArray<string>? names = null)
    {
        _text = text;
        _takes = takes;
        Names = names;
    }

    /// <summary>Every column.</summary>
    public static ColumnSelector All { get; } = new("all", _ => true);

    /// <summary>Columns of numbers, integers and booleans.</summary>
    public static ColumnSelector Numeric { get; } = new("numeric", column => column.IsNumeric);

    /// <summary>Columns of categories.</summary>
    public static ColumnSelector Categorical { get; } = new("categorical", column => column.Kind == ColumnKind.Category);

    /// <summary>The names that were given, or null for a kind of columns.</summary>
    public ImmutableArray<string>? Names { get; }

    /// <summary>Columns by name.</summary>
    public static ColumnSelector Named(params ImmutableArray<string> names) =>
        new($"[{string.Join(", ", names)}]", column => names.Contains(column.Name), names);

    /// <summary>The columns of the table that it takes, in the table's order.</summary>
    /// <exception cref="UserErrorException">A name is not in the table.</exception>
    public IReadOnlyList<Column> Of(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (var name in Names ?? [])
        {
            _ = table[name];
        }

        return [.. table.Columns.Where(_takes)];
    }

    /// <summary>As it is written in a spec.</summary>
    public override string ToString() => _text;
}
