using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class EvaluationPart
{
    public static ReportPart? Of(Report report)
    {
        var estimates = report.Estimates.Where(estimate => estimate is { Stage: "evaluate", Task: null, Slice: null }).ToList();
        var classes = report.Evaluation?.Classes ?? [];
        var perClass = estimates.Where(estimate => classes.Contains(ClassOf(estimate))).ToList();
        var tables = new List<ReportTable>
        {
            EstimateTable.Of("Metrics", estimates.Except(perClass)),
            Confusion(report.Evaluation),
            PerClass(classes, perClass),
            Areas(report.Evaluation?.Roc ?? []),
        };
        tables.RemoveAll(table => table.Rows.IsEmpty);
        return tables.Count == 0 ? null : new("evaluation", "Evaluation", [], [.. tables]);
    }

    // A variant after the slash that is a class is that class's figure: recall/setosa.
    static string ClassOf(Estimate estimate) => estimate.Metric[(estimate.Metric.IndexOf('/', StringComparison.Ordinal) + 1)..];

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
    static ReportTable PerClass(IReadOnlyList<string> classes, List<Estimate> estimates)
    {
        var metrics = estimates.Select(estimate => estimate.Metric.Split('/')[0]).Distinct().ToList();
        return new(
            "Per class",
            [new("class"), .. metrics.Select(metric => new ReportColumn(metric, IsNumber: true))],
            [.. classes.Where(_ => metrics.Count > 0).Select((label, index) => new ReportRow(
                [label, .. metrics.Select(metric => (ReportCell)Value(estimates, $"{metric}/{label}"))],
                classes.Count > 2 && index < 8))]);
    }

    static ReportTable Areas(IReadOnlyList<RocSection> curves) => new(
        "Areas under the ROC curves",
        [new("class"), new("area", IsNumber: true)],
        [.. curves.Where(_ => curves.Count > 1).Select(curve => new ReportRow([curve.Class, NumberText.Number(curve.Auc)], IsBrief: false))]);

    static string Value(List<Estimate> estimates, string metric) =>
        estimates.Find(estimate => estimate.Metric == metric) is { } found ? NumberText.Of(found) : "-";
}
