using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>What a reader found out and left out.</summary>
/// <param name="Dialect">'csv, comma, header, utf-8'.</param>
/// <param name="RowsSkipped">Rows that did not fit and were kept out.</param>
/// <param name="RowsFilled">Rows with too few cells that were kept.</param>
/// <param name="FirstSkipped">The first 20 of those skipped or filled, in the order of the file.</param>
public sealed record ReadNotes(string Dialect, long RowsSkipped, long RowsFilled, ImmutableArray<SkippedRow> FirstSkipped)
{
    /// <summary>Marks that stood for missing values, and cells that had blanks around them, so far; also of rows that were skipped.</summary>
    public ImmutableArray<NotedCells> Cells { get; init; } = [];
}

/// <summary>Cells of a column that a reader did not take as they are.</summary>
/// <param name="Column">The column.</param>
/// <param name="Mark">The mark that was read as missing; null: blanks before or behind a value were taken away.</param>
/// <param name="Count">How many.</param>
public sealed record NotedCells(string Column, string? Mark, long Count);

/// <summary>A row that did not fit.</summary>
/// <param name="Line">Physical line on which it begins, from 1; of JSON the number of the row, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedRow(long Line, string Reason);
