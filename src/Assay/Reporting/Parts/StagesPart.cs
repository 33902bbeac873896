using System.Globalization;

namespace Assay.Reporting.Parts;

static class StagesPart
{
    public static ReportPart Of(Report report) => new("stages", "Stages and environment", [.. Facts(report)], report.Stages.IsEmpty ? [] : [Stages(report)]);

    static IEnumerable<ReportFact> Facts(Report report)
    {
        yield return new("run", report.Run);
        yield return new("seed", report.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new("took", NumberText.Seconds(report.Seconds));
        yield return new("stages", string.Join(", ", report.Stages.Select(stage => $"{stage.Name} {NumberText.Seconds(stage.Seconds)}")));
        yield return new("system", report.Environment.Os);
        yield return new("processor", $"{report.Environment.Cpu}, {NumberText.Count(report.Environment.Cores)} cores");
        yield return new("runtime", report.Environment.Runtime);
    }

    static ReportTable Stages(Report report) => new(
        "Stages",
        [new("stage"), new("state"), new("time", IsNumber: true), new("summary")],
        [.. report.Stages.Select(stage => new ReportRow(
            [stage.Name, stage.State == "done" ? stage.State : new ReportCell(stage.State, CellMark.Bad), NumberText.Seconds(stage.Seconds), stage.Summary],
            IsBrief: false))]);
}
