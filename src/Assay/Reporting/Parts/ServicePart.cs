namespace Assay.Reporting.Parts;

static class ServicePart
{
    public static ReportPart? Of(Report report)
    {
        var metrics = EstimateTable.Of("Metrics through the service", report.Estimates.Where(estimate => estimate is { Stage: "service", Task: null }), isBrief: false);
        return report.Service is not { } service
            ? null
            : new("service", "Service parity", [.. Facts(service)], metrics.Rows.IsEmpty ? [] : [metrics]);
    }

    static IEnumerable<ReportFact> Facts(ServiceSection service)
    {
        yield return new("protocol", service.Protocol);
        yield return new("rows", NumberText.Count(service.Rows));
        yield return new("largest difference", NumberText.Number(service.LargestDifference));
        yield return new("different answers", NumberText.Count(service.DifferentLabels), service.DifferentLabels == 0 ? CellMark.None : CellMark.Bad);
        yield return new("metrics equal", service.MetricsEqual ? "yes" : "NO", service.MetricsEqual ? CellMark.Good : CellMark.Bad);
    }
}
