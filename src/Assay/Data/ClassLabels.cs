using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>A column as classes.</summary>
/// <param name="Classes">Those present: numbers in numeric order, False before True, categories in ordinal order.</param>
/// <param name="Codes">One index into <paramref name="Classes"/> per row; -1 where missing.</param>
public sealed record ClassLabels(ImmutableArray<string> Classes, int[] Codes)
{
    /// <summary>The classes of any kind of column.</summary>
    public static ClassLabels Of(Column column) => column switch
    {
        NumericColumn numeric when numeric.Storage != NumberStorage.Int64 => Of(numeric),
        CategoryColumn category => Of(category),
        not null => OfTexts(column),
        null => throw new ArgumentNullException(nameof(column)),
    };

    static ClassLabels Of(NumericColumn column)
    {
        var firstRows = new SortedDictionary<double, int>();
        for (var row = 0; row < column.Length; row++)
        {
            if (!column.IsMissing(row))
            {
                firstRows.TryAdd(column.Values[row], row);
            }
        }

        var codes = firstRows.Keys.Index().ToDictionary(x => x.Item, x => x.Index);
        return new ClassLabels(
            [.. firstRows.Values.Select(row => column.Text(row)!)],
            [.. column.Values.ToArray().Select(value => codes.GetValueOrDefault(value, -1))]);
    }

    // Dates and large integers in their order, texts in ordinal order.
    static ClassLabels OfTexts(Column column)
    {
        var texts = Enumerable.Range(0, column.Length).Select(column.Text).ToArray();
        var firstRows = texts.Index().Where(x => x.Item is not null).DistinctBy(x => x.Item).Select(x => x.Index);
        var ordered = column switch
        {
            DateColumn dates => firstRows.OrderBy(row => dates.Ticks[row]),
            NumericColumn numbers => firstRows.OrderBy(row => numbers.Integers[row]),
            _ => firstRows.OrderBy(row => texts[row], StringComparer.Ordinal),
        };
        var classes = ordered.Select(row => texts[row]!).ToArray();
        var codes = classes.Index().ToDictionary(x => x.Item, x => x.Index, StringComparer.Ordinal);
        return new ClassLabels([.. classes], [.. texts.Select(text => text is null ? -1 : codes[text])]);
    }

    static ClassLabels Of(CategoryColumn column)
    {
        var codes = new int[column.Categories.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
            {
                codes[code] = 1;
            }
        }

        var classes = ImmutableArray.CreateBuilder<string>();
        foreach (var (code, isPresent) in codes.Index())
        {
            if (isPresent == 1)
            {
                codes[code] = classes.Count;
                classes.Add(column.Categories[code]);
            }
        }

        var labels = column.Codes.ToArray();
        foreach (ref var label in labels.AsSpan())
        {
            label = label < 0 ? -1 : codes[label];
        }

        return new ClassLabels(classes.ToImmutable(), labels);
    }
}
