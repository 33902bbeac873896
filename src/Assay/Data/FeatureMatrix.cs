using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>What a network sees: float32, row by row.</summary>
/// <param name="Values">Element <c>row * Names.Length + feature</c>; finite.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Names">One per feature: <c>age</c>, <c>sex=female</c>.</param>
public sealed record FeatureMatrix(float[] Values, int Rows, ImmutableArray<string> Names)
{
    const int RowsAtOnce = 256; // whose features stay in the cache while the columns are gone through

    /// <summary>Chosen rows of numeric columns as they are, in the given order.</summary>
    /// <param name="table">Numbers, integers and booleans only.</param>
    /// <param name="rows">Without missing cells: those become NaN.</param>
    /// <exception cref="UserErrorException">A column is not numeric.</exception>
    public static FeatureMatrix Of(Table table, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Columns.Select(column => column as NumericColumn ?? throw new UserErrorException(
            $"Column '{column.Name}' holds {column.Kind.ToString().ToLowerInvariant()} values. Expected numbers. Exclude it, or prepare the table."));
        NumericColumn[] numeric = [.. columns];
        var values = GC.AllocateUninitializedArray<float>(rows.Length * numeric.Length);
        for (var start = 0; start < rows.Length; start += RowsAtOnce)
        {
            var some = rows[start..Math.Min(rows.Length, start + RowsAtOnce)];
            var feature = 0;
            for (; feature <= numeric.Length - 4; feature += 4)
            {
                CopyFour(numeric.AsSpan(feature, 4), some, values.AsSpan((start * numeric.Length) + feature), numeric.Length);
            }

            for (; feature < numeric.Length; feature++)
            {
                var cells = numeric[feature].Values;
                var at = (start * numeric.Length) + feature;
                foreach (var row in some)
                {
                    values[at] = (float)cells[row];
                    at += numeric.Length;
                }
            }
        }

        return new FeatureMatrix(values, rows.Length, [.. numeric.Select(column => column.Name)]);
    }

    // Four neighbours are one store.
    static void CopyFour(ReadOnlySpan<NumericColumn> columns, ReadOnlySpan<int> rows, Span<float> values, int width)
    {
        var a = columns[0].Values;
        var b = columns[1].Values;
        var c = columns[2].Values;
        var d = columns[3].Values;
        var at = 0;
        foreach (var row in rows)
        {
            Vector128.Create((float)a[row], (float)b[row], (float)c[row], (float)d[row]).CopyTo(values[at..]);
            at += width;
        }
    }
}
