using Assay.Statistics;

namespace Assay.Reporting.Parts;

static class TasksPart
{
    const int BriefRows = 20;
    const int LongestText = 160;

    public static ReportPart? Of(Report report) => report.Tasks.IsEmpty
        ? null
        : new("tasks", "Tasks", [], [Metrics(report), .. Capabilities(report), .. report.Tasks.Where(task => !task.Wrong.IsEmpty).Select(Wrong)]);

    static ReportTable Metrics(Report report) => new(
        "Tasks",
        [
            new("task", IsBrief: Differ(report, task => task.Task)), new("model"), new("filter", IsBrief: Differ(report, task => task.Filter)), new("metric"),
            new("value [95 % interval]", IsNumber: true), new("right", IsNumber: true), new("n", IsNumber: true), new("interval by", IsBrief: false), new("samples", IsNumber: true, IsBrief: false), new("outcomes"),
        ],
        [.. report.Tasks.SelectMany(task => Rows(report, task)).Select((cells, index) => new ReportRow([.. cells], index < BriefRows))]);

    static IEnumerable<ReportCell[]> Rows(Report report, TaskSection task)
    {
        var outcomes = string.Join(", ", task.Outcomes.Select(outcome => $"{outcome.Key} {NumberText.Count(outcome.Value)}"));
        var estimates = report.Estimates.Where(estimate =>
            estimate.Slice is null && estimate.Task == task.Task && estimate.Model == task.Model && estimate.Filter == task.Filter);
        return estimates.Select(estimate => new ReportCell[]
        {
            task.Task, task.Model, task.Filter, estimate.Metric, NumberText.Of(estimate), Right(estimate), NumberText.Count(estimate.N), estimate.Method ?? "-",
            NumberText.Count(task.Samples), outcomes,
        }).DefaultIfEmpty([task.Task, task.Model, task.Filter, "-", "-", "-", "0", "-", NumberText.Count(task.Samples), outcomes]);
    }

    static IEnumerable<ReportTable> Capabilities(Report report) => report.Capabilities.IsEmpty ? [] :
    [
        new(
            "What the service can do",
            [new("model"), new("what"), new("there"), new("found")],
            [.. report.Capabilities.Select(found => new ReportRow([found.Model, found.Name, found.IsThere switch { true => "yes", false => "no", null => "not told" }, found.Text], IsBrief: found.IsThere == false))]),
    ];

    // What is the same in every row need not take a terminal's width.
    static bool Differ(Report report, Func<TaskSection, string> part) => report.Tasks.Select(part).Distinct().Count() > 1;

    // Wilson's interval is of a share: its numerator is a count that a reader may know from elsewhere.
    static string Right(Estimate estimate) =>
        estimate is { Method: "wilson", Value: { } share } ? NumberText.Count((long)Math.Round(share * estimate.N)) : "-";

    static ReportTable Wrong(TaskSection task) => new(
        $"First wrong answers: {task.Task}, {task.Model}, {task.Filter}",
        [new("sample"), new("wanted"), new("answer")],
        [.. task.Wrong.Select(answer => new ReportRow([answer.Id, Shortened(answer.Target), answer.Answer is null ? "- (none)" : Shortened(answer.Answer)], IsBrief: false))]);

    static string Shortened(string text) =>
        text.Length <= LongestText ? text : text[..(LongestText - (char.IsHighSurrogate(text[LongestText - 1]) ? 1 : 0))] + "…";
}
