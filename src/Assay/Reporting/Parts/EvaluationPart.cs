using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class EvaluationPart
{
    // recall/class with the slice 'target: setosa'.
    const string OfClass = "/class";

    public static ReportPart? Of(Report report)
    {
        var estimates = report.Estimates.Where(estimate => estimate is { Stage: "evaluate", Task: null }).ToList();
        var perClass = estimates.Where(estimate => estimate.Metric.EndsWith(OfClass, StringComparison.Ordinal)).ToList();
        var tables = new List<ReportTable>
        {
            EstimateTable.Of("Metrics", estimates.Except(perClass)),
            Confusion(report.Evaluation),
            PerClass(perClass),
            Areas(report.Evaluation?.Roc ?? []),
        };
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

    static string ClassOf(Estimate estimate) => estimate.Slice?.Values.FirstOrDefault() ?? "";

    static string Value(IEnumerable<Estimate> ofClass, string metric) =>
        ofClass.FirstOrDefault(estimate => estimate.Metric == metric) is { } found ? NumberText.Of(found) : "-";

    static ReportTable Areas(IReadOnlyList<RocSection> curves) => new(
        "Areas under the ROC curves",
        [new("class"), new("area", IsNumber: true)],
        [.. curves.Where(_ => curves.Count > 1).Select(curve => new ReportRow([curve.Class, NumberText.Number(curve.Auc)], IsBrief: false))]);
}
