namespace Assay.Reporting.Parts;

static class StopPart
{
    public static ReportPart? Of(Report report) => report.Stops.IsEmpty
        ? null
        : new(
            "stop",
            "Early end",
            [],
            [new(
                "Early end",
                [new("task"), new("model"), new("ended"), new("asked", IsNumber: true), new("of", IsNumber: true), new("saved", IsNumber: true), new("saved cost", IsNumber: true), new("why")],
                [.. report.Stops.Select(Row)])]);

    static ReportRow Row(StopSection stop) => new([
        stop.Task, stop.Model, stop.State, NumberText.Count(stop.Asked), NumberText.Count(stop.Total), NumberText.Percent(stop.Total == 0 ? 0 : 1 - ((double)stop.Asked / stop.Total)),
        NumberText.Number(stop.SavedCost, "USD"), stop.Reason]);
}
