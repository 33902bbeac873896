using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class EstimateTable
{
    const int BriefRows = 12;

    public static ReportTable Of(string title, IEnumerable<Estimate> estimates, bool isBrief = true) => new(
        title,
        [
            new("metric"), new("value [95 % interval]", IsNumber: true), new("n", IsNumber: true), new("excluded", IsNumber: true), new("interval by"),
            new("note", IsBrief: false),
        ],
        [.. estimates.Where(estimate => estimate.Slice is null).Select((estimate, index) => new ReportRow(Cells(estimate), isBrief && index < BriefRows))]);

    public static ImmutableArray<ReportCell> Cells(Estimate estimate) =>
    [
        estimate.Metric, NumberText.Of(estimate), NumberText.Count(estimate.N), NumberText.Count(estimate.Excluded), estimate.Method ?? "-",
        NumberText.IsDefined(estimate.Value) ? estimate.Reason ?? "" : "",
    ];
}
