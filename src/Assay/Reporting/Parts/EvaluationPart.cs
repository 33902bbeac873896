using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class EvaluationPart
{
    // recall/class with the slice 'target: setosa'.
    const string OfClass = "/class";

    public static ReportPart? Of(Report report)
    {
        var estimates = report.Estimates.Where(estimate => estimate is { Stage: "evaluate", Task: null } && (report.Baseline is null || estimate.Model != report.Baseline.Model)).ToList();
        var perClass = estimates.Where(estimate => estimate.Metric.EndsWith(OfClass, StringComparison.Ordinal)).ToList();
        var tables = new List<ReportTable>
        {
            EstimateTable.Of("Metrics", estimates.Except(perClass)),
            Confusion(report.Evaluation),
            PerClass(perClass),
            Areas(report.Evaluation?.Roc ?? []),
            Baseline(report.Baseline),
        };
        tables.AddRange(report.Residuals.SelectMany(residual => new[] { Errors(residual), Worst(residual) }));
        tables.RemoveAll(table => table.Rows.IsEmpty);
        return tables.Count == 0 ? null : new("evaluation", "Evaluation", [], [.. tables]);
    }

    static ReportTable Confusion(EvaluationSection? evaluation)
    {
        var classes = evaluation?.Classes ?? [];
        return new(
            "Confusion matrix",
            [new("truth \\ predicted"), .. classes.Select(label => new ReportColumn(label, IsNumber: true))],
            [.. classes.Select((label, row) => new ReportRow([label, .. Counts(evaluation!.Confusion[row])], classes.Length <= 6))]);
    }

    static IEnumerable<ReportCell> Counts(IReadOnlyList<long> row)
    {
        var total = row.Sum();
        return row.Select(count => new ReportCell(NumberText.Count(count), Share: total == 0 ? 0 : (double)count / total));
    }

    // For two classes the metrics above say it already; there the terminal is spared.
    static ReportTable PerClass(List<Estimate> estimates)
    {
        var metrics = estimates.Select(estimate => estimate.Metric).Distinct().ToList();
        var classes = estimates.GroupBy(ClassOf).ToList();
        return new(
            "Per class",
            [new("class"), .. metrics.Select(metric => new ReportColumn(metric[..^OfClass.Length], IsNumber: true)), new("n of each", IsNumber: true, IsBrief: false)],
            [.. classes.Select((ofClass, index) => new ReportRow(
                [ofClass.Key, .. metrics.Select(metric => (ReportCell)Value(ofClass, metric)), string.Join(", ", ofClass.Select(estimate => NumberText.Count(estimate.N)))],
                classes.Count > 2 && index < 8))]);
    }

    static ReportTable Baseline(BaselineSection? baseline) => new(
        $"Against the baseline '{baseline?.Model}'",
        [
            new("metric"), new("model", IsNumber: true), new("baseline", IsNumber: true), new("difference [95 %]", IsNumber: true), new("p", IsNumber: true), new("better"),
        ],
        [.. (baseline?.Metrics ?? []).Select(metric => new ReportRow(
            [
                metric.Metric, NumberText.Number(metric.Value), NumberText.Number(metric.Baseline),
                NumberText.Difference(metric.Difference, metric.DifferenceLow, metric.DifferenceHigh), NumberText.PValue(metric.P),
                metric.IsBetter ? new ReportCell("yes", CellMark.Good) : new ReportCell("no", CellMark.Bad),
            ]))]);

    static ReportTable Errors(ResidualSection residual) => new(
        $"Errors of {residual.Target}, predicted minus true",
        [new("share of the rows", IsNumber: true), new("error at most", IsNumber: true)],
        [.. residual.Quantiles.Select(quantile => new ReportRow([NumberText.Percent(quantile.Share), NumberText.Number(quantile.Error)], IsBrief: false))]);

    static ReportTable Worst(ResidualSection residual) => new(
        $"Largest errors of {residual.Target}",
        [new("row"), new("truth", IsNumber: true), new("predicted", IsNumber: true), new("error", IsNumber: true)],
        [.. residual.Worst.Select(row => new ReportRow(
            [row.Id, NumberText.Number(row.Truth), NumberText.Number(row.Predicted), NumberText.Number(row.Predicted - row.Truth)], IsBrief: false))]);

    static string ClassOf(Estimate estimate) => estimate.Slice?.Values.FirstOrDefault() ?? "";

    static string Value(IEnumerable<Estimate> ofClass, string metric) =>
        ofClass.FirstOrDefault(estimate => estimate.Metric == metric) is { } found ? NumberText.Of(found) : "-";

    static ReportTable Areas(IReadOnlyList<RocSection> curves) => new(
        "Areas under the ROC curves",
        [new("class"), new("area", IsNumber: true)],
        [.. curves.Where(_ => curves.Count > 1).Select(curve => new ReportRow([curve.Class, NumberText.Number(curve.Auc)], IsBrief: false))]);
}
