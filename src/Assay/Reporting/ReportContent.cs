using System.Collections.Immutable;
using Assay.Comparing;
using Assay.Reporting.Parts;

namespace Assay.Reporting;

/// <summary>
/// A report as titles, facts and tables of texts: what the terminal, Markdown and HTML show alike. Verdict and findings are the
/// writers' own.
/// </summary>
public static class ReportContent
{
    /// <summary>The parts that have anything to show, in reading order.</summary>
    public static ImmutableArray<ReportPart> Of(Report report) =>
    [
        .. ((ReportPart?[])
        [
            GatesPart.Of(report),
            DataPart.Of(report),
            TrainingPart.Of(report),
            CrossValidationPart.Of(report),
            EvaluationPart.Of(report),
            ServicePart.Of(report),
            LoadPart.Of(report),
            AnalysisPart.Of(report),
            OptimisePart.Of(report),
            TasksPart.Of(report),
            StopPart.Of(report),
            ComparePart.Of(report),
            .. report.Comparisons.Select((comparison, index) => ComparePart.Of(comparison) with { Name = index == 0 ? "comparison" : $"comparison_{index + 1}" }),
            StagesPart.Of(report),
            NumbersPart.Of(report),
        ]).OfType<ReportPart>(),
    ];

    /// <summary>A comparison by itself.</summary>
    public static ReportPart Of(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return ComparePart.Of(comparison);
    }
}

/// <summary>One chapter of a report.</summary>
/// <param name="Name">gates, data, training, cross_validation, evaluation, service, load, analysis, optimise, tasks, stop, compare, comparison, stages or numbers.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Facts">Shown before the tables.</param>
/// <param name="Tables">None of them is empty.</param>
public sealed record ReportPart(string Name, string Title, ImmutableArray<ReportFact> Facts, ImmutableArray<ReportTable> Tables);

/// <summary>A value with its name.</summary>
public sealed record ReportFact(string Label, string Value, CellMark Mark = CellMark.None);

/// <summary>A table of texts. The first column names the row.</summary>
public sealed record ReportTable(string Title, ImmutableArray<ReportColumn> Columns, ImmutableArray<ReportRow> Rows);

/// <summary>A column. One that is not brief is left out on the terminal.</summary>
public sealed record ReportColumn(string Header, bool IsNumber = false, bool IsBrief = true);

/// <summary>A row, as many cells as there are columns. One that is not brief is left out on the terminal.</summary>
public sealed record ReportRow(ImmutableArray<ReportCell> Cells, bool IsBrief = true);

/// <summary>A cell.</summary>
/// <param name="Text">Says everything by itself.</param>
/// <param name="Mark">Repeats in colour what the text says.</param>
/// <param name="Share">0 to 1: how dark a heat map draws it; null where there is none.</param>
public sealed record ReportCell(string Text, CellMark Mark = CellMark.None, double? Share = null)
{
    /// <summary>A plain cell.</summary>
    public static implicit operator ReportCell(string text)
    {
        return new(text);
    }
}

/// <summary>What colour repeats of a text.</summary>
public enum CellMark
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Holds.</summary>
    Good,

    /// <summary>Does not hold, or is weak.</summary>
    Bad,
}
