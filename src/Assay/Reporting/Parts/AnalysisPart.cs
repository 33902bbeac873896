namespace Assay.Reporting.Parts;

static class AnalysisPart
{
    const int BriefSlices = 5;

    public static ReportPart? Of(Report report)
    {
        var tables = new[] { Slices(report), Importance(report.Importance), LearningCurve(report.LearningCurve), Calibration(report) }.Where(table => !table.Rows.IsEmpty).ToList();
        return tables.Count == 0 ? null : new("analysis", "Strengths and weaknesses", [], [.. tables]);
    }

    static ReportTable Slices(Report report) => new(
        "Slices",
        [
            new("slice"), new("n", IsNumber: true), new($"{Heading(report)} [95 %]", IsNumber: true), new("minus the rest [95 %]", IsNumber: true),
            new("adjusted p", IsNumber: true), new("note"),
        ],
        [.. report.Slices.Select((slice, index) => new ReportRow(
            [
                slice.IsWeak ? new ReportCell(Name(slice), CellMark.Bad) : Name(slice),
                NumberText.Count(slice.Score.N), NumberText.Of(slice.Score),
                NumberText.Difference(slice.Difference, slice.DifferenceLow, slice.DifferenceHigh), NumberText.PValue(slice.AdjustedP),
                slice.IsWeak ? new ReportCell("weak", CellMark.Bad) : "",
            ],
            index < BriefSlices))]);

    // Rows of a table and samples of tasks may stand below each other.
    static string Heading(Report report) => report.Slices.Select(slice => slice.Score.Metric).Distinct().ToList() is [var one] ? one : "score";

    // A task's columns are its own: 'language' of one need not be that of another.
    static string Name(SliceSection slice) => $"{(slice.Score.Task is { } task ? $"{task}: " : "")}{slice.Column} = {slice.Value}";

    static ReportTable Importance(ImportanceSection? importance) => new(
        "Permutation importance",
        [new("column"), new($"rise of {importance?.Metric} [95 %]", IsNumber: true)],
        [.. (importance?.Columns ?? []).Select((column, index) => new ReportRow(
            [column.Column, NumberText.Difference(column.Rise, column.Low, column.High)], index < BriefSlices))]);

    static ReportTable LearningCurve(LearningCurveSection? curve) => new(
        "Learning curve",
        [new("training rows", IsNumber: true), new($"{curve?.Metric} [95 %]", IsNumber: true)],
        [.. (curve?.Points ?? []).Select(point => new ReportRow([NumberText.Count(point.Rows), NumberText.WithInterval(point.Mean, point.Low, point.High)]))]);

    static ReportTable Calibration(Report report) => new(
        "Calibration",
        [new("predicted"), new("n", IsNumber: true), new("mean predicted", IsNumber: true), new("observed [95 %]", IsNumber: true)],
        [.. (report.Evaluation?.Calibration ?? []).Select(bin => new ReportRow(
            [
                FormattableString.Invariant($"({bin.Low:0.0}, {bin.High:0.0}]"), NumberText.Count(bin.Count), NumberText.Number(bin.MeanPredicted),
                NumberText.WithInterval(bin.Observed, bin.ObservedLow, bin.ObservedHigh),
            ],
            IsBrief: false))]);
}
