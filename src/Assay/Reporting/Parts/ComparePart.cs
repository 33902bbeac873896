namespace Assay.Reporting.Parts;

static class ComparePart
{
    public static ReportPart? Of(Report report)
    {
        var table = EstimateTable.Of("Comparison", report.Estimates.Where(estimate => estimate.Stage == "compare"));
        return table.Rows.IsEmpty ? null : new("compare", "Comparison", [], [table]);
    }
}
