namespace Assay.Reporting.Parts;

// With a hold-out, the figures of the folds within its training rows; they have the stage 'train'. Without one the figures are the
// evaluation's, and only the folds themselves are shown here.
static class CrossValidationPart
{
    public static ReportPart? Of(Report report)
    {
        var metrics = EstimateTable.Of("Over all rows, each predicted by the fold that had not seen it", report.Estimates.Where(estimate => estimate.Stage == "train" && estimate.Task is null));
        ReportTable[] tables = [metrics, .. report.Training is { } training ? [Folds(training)] : Array.Empty<ReportTable>()];
        var filled = tables.Where(table => !table.Rows.IsEmpty).ToList();
        return filled.Count == 0 ? null : new("cross_validation", "Cross-validation", [], [.. filled]);
    }

    static ReportTable Folds(TrainingSection training)
    {
        var metrics = training.Folds.SelectMany(fold => fold.Metrics.Keys).Distinct().ToList();
        return new(
            "Folds",
            [
                new("fold"), new("train rows", IsNumber: true), new("test rows", IsNumber: true),
                .. metrics.Select(metric => new ReportColumn(metric, IsNumber: true)),
            ],
            [.. training.Folds.Select(fold => new ReportRow(
                [
                    NumberText.Count(fold.Number), NumberText.Count(fold.TrainRows), NumberText.Count(fold.TestRows),
                    .. metrics.Select(metric => (ReportCell)NumberText.Number(fold.Metrics.GetValueOrDefault(metric))),
                ],
                IsBrief: false))]);
    }
}
