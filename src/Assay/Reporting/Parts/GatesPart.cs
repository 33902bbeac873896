namespace Assay.Reporting.Parts;

static class GatesPart
{
    public static ReportPart? Of(Report report) => report.Gates.IsEmpty
        ? null
        : new("gates", "Gates", [], [new("Gates", [new("gate"), new("value", IsNumber: true), new("holds"), new("reason")], [.. report.Gates.Select(Row)])]);

    static ReportRow Row(GateSection gate) =>
        new([gate.Condition, NumberText.Number(gate.Value), Holds(gate.Holds), gate.Reason ?? ""]);

    internal static ReportCell Holds(bool holds) => holds ? new("yes", CellMark.Good) : new("NO", CellMark.Bad);
}
