using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class NumbersPart
{
    public static ReportPart? Of(Report report) => report.Estimates.IsEmpty
        ? null
        : new("numbers", "All numbers", [], [new(
            "All numbers",
            [
                new("metric"), new("value [95 % interval]", IsNumber: true), new("n", IsNumber: true), new("excluded", IsNumber: true), new("interval by"),
                new("note"), new("definition"), new("stage"), new("task"), new("model"), new("filter"), new("slice"),
            ],
            [.. report.Estimates.Select(estimate => new ReportRow([.. EstimateTable.Cells(estimate), .. Origin(estimate)], IsBrief: false))])]);

    static IEnumerable<ReportCell> Origin(Estimate estimate) =>
    [
        estimate.Definition, estimate.Stage ?? "", estimate.Task ?? "", estimate.Model ?? "", estimate.Filter ?? "",
        string.Join(", ", (estimate.Slice ?? new Dictionary<string, string>()).Select(pair => $"{pair.Key} = {pair.Value}")),
    ];
}
