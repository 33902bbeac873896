using System.Collections.Immutable;

namespace Assay.Data.Profiling;

/// <summary>What holds between two columns of a sample.</summary>
static class ColumnPairs
{
    const double LeastCorrelation = 0.5;
    const int FewestRows = 10;
    const int MostClasses = 100;
    const double TwoSided95 = 1.959963984540054;

    /// <summary>Pearson's correlations of 0.5 and more, over rows where both have a value, the strongest first.</summary>
    public static ImmutableArray<ColumnPair> Correlations(Table sample)
    {
        var columns = sample.Columns.OfType<NumericColumn>().ToArray();
        var pairs = from i in Enumerable.Range(0, columns.Length)
                    from j in Enumerable.Range(i + 1, columns.Length - i - 1)
                    let pair = Correlate(columns[i], columns[j])
                    where pair is not null && Math.Abs(pair.Value) >= LeastCorrelation
                    orderby Math.Abs(pair.Value) descending
                    select pair;
        return [.. pairs];
    }

    /// <summary>Pairs of columns with 2 to 100 values that name each other; missing is a value of its own.</summary>
    public static ImmutableArray<ColumnPair> OneToOne(Table sample)
    {
        var columns = sample.Columns.Select(column => (column.Name, Labels: ClassLabels.Of(column)))
            .Where(column => column.Labels.Classes.Length is >= 2 and <= MostClasses && sample.RowCount >= FewestRows * column.Labels.Classes.Length).ToArray();
        return [.. from i in Enumerable.Range(0, columns.Length)
                   from j in Enumerable.Range(i + 1, columns.Length - i - 1)
                   where columns[i].Labels.Classes.Length == columns[j].Labels.Classes.Length && NameEachOther(columns[i].Labels.Codes, columns[j].Labels.Codes)
                   select new ColumnPair(columns[i].Name, columns[j].Name, 1)];
    }

    static bool NameEachOther(int[] first, int[] second)
    {
        var (there, back) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        for (var row = 0; row < first.Length; row++)
        {
            if ((!there.TryAdd(first[row], second[row]) && there[first[row]] != second[row])
                || (!back.TryAdd(second[row], first[row]) && back[second[row]] != first[row]))
            {
                return false;
            }
        }

        return true;
    }

    static ColumnPair? Correlate(NumericColumn first, NumericColumn second)
    {
        var a = first.Values;
        var b = second.Values;
        double n = 0, meanA = 0, meanB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (var row = 0; row < a.Length; row++)
        {
            if (double.IsNaN(a[row]) || double.IsNaN(b[row]))
            {
                continue;
            }

            n++;
            var (deviationA, deviationB) = (a[row] - meanA, b[row] - meanB);
            meanA += deviationA / n;
            meanB += deviationB / n;
            squaresA += deviationA * (a[row] - meanA);
            squaresB += deviationB * (b[row] - meanB);
            products += deviationA * (b[row] - meanB);
        }

        var r = Math.Clamp(products / Math.Sqrt(squaresA * squaresB), -1, 1);
        if (n < FewestRows || double.IsNaN(r))
        {
            return null;
        }

        // Fisher 1921.
        var (z, half) = (Math.Atanh(r), TwoSided95 / Math.Sqrt(n - 3));
        return Math.Abs(r) == 1 ? new ColumnPair(first.Name, second.Name, r) : new ColumnPair(first.Name, second.Name, r, Math.Tanh(z - half), Math.Tanh(z + half));
    }
}
