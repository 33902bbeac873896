using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>From raw columns to features, fitted on training rows only.</summary>
public static class Preparation
{
    /// <summary>
    /// The rows that every <see cref="RowStep"/> leaves, ascending. A <see cref="DropMissing"/> leaves those with a value in each column
    /// that it takes and in each that is needed besides, a <see cref="DropDuplicates"/> the first of equal rows. Without one, all rows.
    /// </summary>
    /// <param name="table">Raw rows.</param>
    /// <param name="steps">Other steps are passed over.</param>
    /// <param name="alsoNeeded">Columns of the table that no selector need take: the target.</param>
    /// <exception cref="UserErrorException">A named column is not in the table.</exception>
    public static int[] RowsToKeep(Table table, ImmutableArray<PreparationStep> steps, IReadOnlyCollection<string> alsoNeeded)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(alsoNeeded);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        foreach (var step in steps.OfType<RowStep>())
        {
            var columns = step.Columns.Of(table);
            rows = step is DropMissing
                ? WithValues(rows, columns.Concat(alsoNeeded.Select(name => table[name])), table.RowCount)
                : DistinctRows.First(columns, rows);
        }

        return rows;
    }

    static int[] WithValues(int[] rows, IEnumerable<Column> columns, int rowCount)
    {
        var isMissing = new bool[rowCount];
        foreach (var column in columns.Distinct())
        {
            column.MarkMissing(isMissing);
        }

        var kept = new int[rows.Length];
        var count = 0;
        foreach (var row in rows)
        {
            kept[count] = row;
            count += isMissing[row] ? 0 : 1;
        }

        return kept[..count];
    }

    /// <summary>Learns what the steps need from the rows given: pass the training rows, without target and excluded columns.</summary>
    /// <param name="training">Every column becomes at least one feature.</param>
    /// <param name="steps">In order; a <see cref="RowStep"/> is passed over.</param>
    /// <exception cref="UserErrorException">A step does not suit a column, nothing can be learnt from one, or a category is not encoded.</exception>
    public static FittedPreparation Fit(Table training, ImmutableArray<PreparationStep> steps)
    {
        ArgumentNullException.ThrowIfNull(training);
        var fits = training.Columns.Select(column => new ColumnFit(column)).ToArray();
        foreach (var step in steps.Where(step => step is not RowStep))
        {
            var taken = step.Columns.Of(training).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var fit in fits.Where(fit => taken.Contains(fit.Name)))
            {
                fit.Take(step);
            }
        }

        RefuseDatesAndTexts(training, fits);
        var open = fits.Where(fit => fit.NeedsEncoding).Select(fit => $"'{fit.Name}'").ToArray();
        return open.Length == 0
            ? new FittedPreparation([.. fits.Select(fit => fit.ToFitted())])
            : throw new UserErrorException(
                $"{(open.Length == 1 ? "Column" : "Columns")} {string.Join(", ", open)} of the data: categories, and a model takes numbers. " +
                $"In 'prepare', add {{one_hot: categorical}} or exclude the {(open.Length == 1 ? "column" : "columns")}.");
    }

    static void RefuseDatesAndTexts(Table training, ColumnFit[] fits)
    {
        if (training.Columns.Zip(fits).FirstOrDefault(x => x.First.Kind is ColumnKind.Date or ColumnKind.Text && x.Second.NeedsEncoding).First is not { } column)
        {
            return;
        }

        var (holds, remedy) = column.Kind == ColumnKind.Date
            ? ("dates", $"add {{date_parts: [{column.Name}]}}")
            : ("free text", $"read it as categories by {{types: {{{column.Name}: category}}}} and add {{one_hot: [{column.Name}]}}");
        throw new UserErrorException(
            $"Column '{column.Name}' of the data holds {holds}{(column.Reason is { } reason ? $" ({reason})" : "")}, and a model takes numbers. Exclude the column ({{exclude: [{column.Name}]}}), or {remedy}.");
    }
}
