using System.Collections.Immutable;
using Assay.Data;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>How well one column alone tells the target.</summary>
/// <param name="Column">The column.</param>
/// <param name="Gain">Classes: the share of the errors of always naming the largest class that it removes (Goodman and Kruskal's lambda). Numbers: R².</param>
/// <param name="Accuracy">Share of rows told right; null for a target of numbers.</param>
/// <param name="Low">Lower end of the 95 % Wilson interval of <paramref name="Accuracy"/>.</param>
/// <param name="High">Upper end.</param>
/// <param name="N">Rows judged.</param>
public sealed record TargetLink(string Column, double Gain, double? Accuracy, double? Low, double? High, int N)
{
    /// <summary>From here on a column is taken to give the target away.</summary>
    public const double LeakFrom = 0.95;

    /// <summary>True when it does.</summary>
    public bool GivesAway => Gain >= LeakFrom;
}

/// <summary>
/// Asks each column alone for the target, by five-fold cross-validation: the most frequent class (or the mean) of the rows of the other folds
/// that are in the same bin. Bins are values, of numbers with more than 64 of them 64 quantile bins; missing is a bin of its own. So an id
/// that is learnt by heart tells nothing, and a copy of the target everything.
/// </summary>
public static class TargetScan
{
    const int Folds = 5;
    const int MostBins = 64;
    const int MostClasses = 20;

    /// <summary>All other columns, the one that tells most first; rows without target are left out.</summary>
    /// <param name="table">A few thousand rows are enough.</param>
    /// <param name="target">Numbers of more than 20 values are predicted by R², else classes.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="UserErrorException">There is no such column.</exception>
    public static ImmutableArray<TargetLink> Run(Table table, string target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        var whole = table[target];
        var rows = Enumerable.Range(0, table.RowCount).Where(row => !whole.IsMissing(row)).ToArray();
        var known = table.Select(rows);
        var labels = ClassLabels.Of(known[target]);
        if (rows.Length < 2 * Folds || labels.Classes.Length < 2)
        {
            return [];
        }

        var foldOf = Enumerable.Range(0, rows.Length).Select(i => i % Folds).ToArray();
        new SeededRandom(seed).Shuffle(foldOf.AsSpan());
        var numbers = known[target] is NumericColumn numeric && labels.Classes.Length > MostClasses ? numeric.Values.ToArray() : null;
        return [.. known.Without([target]).Columns.Select(column => numbers is null ? OfClasses(column, labels, foldOf) : OfNumbers(column, numbers, foldOf))
            .OrderByDescending(link => link.Gain)];
    }

    static TargetLink OfClasses(Column column, ClassLabels labels, int[] foldOf)
    {
        var (bins, count) = BinsOf(column);
        var classes = labels.Classes.Length;
        var counts = new int[count * classes * Folds];
        var totals = new int[classes];
        for (var row = 0; row < bins.Length; row++)
        {
            counts[(((bins[row] * classes) + labels.Codes[row]) * Folds) + foldOf[row]]++;
            totals[labels.Codes[row]]++;
        }

        var largest = Array.IndexOf(totals, totals.Max());
        var right = 0;
        for (var bin = 0; bin < count; bin++)
        {
            for (var fold = 0; fold < Folds; fold++)
            {
                right += counts[(((bin * classes) + Best(bin, fold)) * Folds) + fold];
            }
        }

        var (wrong, baseline) = (bins.Length - right, bins.Length - totals[largest]);
        var interval = Wilson.Interval(right, bins.Length);
        return new TargetLink(column.Name, 1 - ((double)wrong / baseline), (double)right / bins.Length, interval.Low, interval.High, bins.Length);

        int Best(int bin, int fold)
        {
            var (best, most) = (largest, 0);
            for (var label = 0; label < classes; label++)
            {
                var cells = counts.AsSpan(((bin * classes) + label) * Folds, Folds);
                var outside = cells[0] + cells[1] + cells[2] + cells[3] + cells[4] - cells[fold];
                (best, most) = outside > most ? (label, outside) : (best, most);
            }

            return best;
        }
    }

    static TargetLink OfNumbers(Column column, double[] target, int[] foldOf)
    {
        var (bins, count) = BinsOf(column);
        var (sums, rows) = (new double[count * Folds], new int[count * Folds]);
        for (var row = 0; row < bins.Length; row++)
        {
            sums[(bins[row] * Folds) + foldOf[row]] += target[row];
            rows[(bins[row] * Folds) + foldOf[row]]++;
        }

        var mean = target.Average();
        var (unexplained, total) = (0.0, 0.0);
        for (var row = 0; row < bins.Length; row++)
        {
            var (all, own) = (bins[row] * Folds, (bins[row] * Folds) + foldOf[row]);
            var outside = rows.AsSpan(all, Folds).ToArray().Sum() - rows[own];
            var told = outside == 0 ? mean : (sums.AsSpan(all, Folds).ToArray().Sum() - sums[own]) / outside;
            unexplained += (target[row] - told) * (target[row] - told);
            total += (target[row] - mean) * (target[row] - mean);
        }

        return new TargetLink(column.Name, 1 - (unexplained / total), null, null, null, bins.Length);
    }

    // The last bin is that of missing values.
    static (int[] Bins, int Count) BinsOf(Column column)
    {
        var (classes, codes) = ClassLabels.Of(column);
        if (!column.IsNumeric || classes.Length <= MostBins)
        {
            return (Array.ConvertAll(codes, code => code < 0 ? classes.Length : code), classes.Length + 1);
        }

        var values = Enumerable.Range(0, column.Length).Select(column.Number).ToArray();
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        var edges = Enumerable.Range(1, MostBins - 1).Select(i => sorted[(int)((long)sorted.Length * i / MostBins)]).Distinct().ToArray();
        return (Array.ConvertAll(values, value => double.IsNaN(value) ? edges.Length + 1 : Place(edges, value)), edges.Length + 2);
    }

    static int Place(double[] edges, double value)
    {
        var place = Array.BinarySearch(edges, value);
        return place < 0 ? ~place : place + 1;
    }
}
