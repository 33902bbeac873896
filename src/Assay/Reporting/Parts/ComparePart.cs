using System.Collections.Immutable;
using System.Globalization;
using Assay.Comparing;

namespace Assay.Reporting.Parts;

static class ComparePart
{
    const int BriefFlips = 10;
    const int BriefSlices = 10;
    const int BriefDifferences = 12;

    /// <summary>The model beside one that looks at no feature.</summary>
    public static ReportPart? Of(Report report)
    {
        var table = EstimateTable.Of("Comparison", report.Estimates.Where(estimate => estimate.Stage == "compare" && estimate.Definition != "score/minus_baseline"));
        return table.Rows.IsEmpty ? null : new("compare", "Comparison", [], [table]);
    }

    public static ReportPart Of(RunComparison comparison) => new(
        "comparison",
        $"{comparison.B.Label} against {comparison.A.Label}",
        [
            new("verdict", ComparisonText.Conclusion(comparison), ComparisonText.Mark(comparison.Verdict)),
            new("level", string.Create(CultureInfo.InvariantCulture, $"{comparison.Alpha:0.###}, corrected over {comparison.Tests} test{(comparison.Tests == 1 ? "" : "s")} by Holm")),
            .. comparison.Margin is { } margin ? [new ReportFact("margin", NumberText.Number(margin))] : ImmutableArray<ReportFact>.Empty,
            .. comparison.Warnings.Select(warning => new ReportFact("note", warning)),
        ],
        [.. new[] { Scores(comparison), Costs(comparison), Slices(comparison), Flips(comparison), Differences(comparison) }.Where(table => !table.Rows.IsEmpty)]);

    static ReportTable Scores(RunComparison comparison) => Table("Scores", comparison, comparison.Scores, comparison.Scores.Length);

    static ReportTable Slices(RunComparison comparison) => Table("Slices, the largest loss first (p corrected by Benjamini and Hochberg)", comparison, comparison.Slices, BriefSlices);

    static ReportTable Table(string title, RunComparison comparison, ImmutableArray<ScoreDifference> rows, int brief)
    {
        var (tasks, filters, models) = (Differ(rows, row => row.Task), Differ(rows, row => row.Filter), Differ(rows, row => row.ModelB));
        return new(
            title,
            [
                new("task", IsBrief: tasks), new("filter", IsBrief: filters), new("model", IsBrief: models), new("metric"), .. title == "Scores" ? [] : new[] { new ReportColumn("slice") },
                new("A", IsNumber: true), new("B", IsNumber: true), new($"difference [{Confidence(comparison)} %]", IsNumber: true), new("p", IsNumber: true, IsBrief: false), new("corrected p", IsNumber: true),
                new("verdict"), new("pairs", IsNumber: true), new("only A / only B", IsNumber: true), new("failed A / B", IsNumber: true, IsBrief: false), new("test", IsBrief: false), new("interval by", IsBrief: false), new("note", IsBrief: false),
            ],
            [.. rows.Select((row, index) => new ReportRow(
                [
                    row.Task ?? "-", row.Filter ?? "-", Models(row), row.Metric, .. title == "Scores" ? ImmutableArray<ReportCell>.Empty : [ComparisonText.Slice(row)],
                    NumberText.Number(row.ValueA), NumberText.Number(row.ValueB), NumberText.Difference(row.Difference, row.Low, row.High),
                    NumberText.PValue(row.P), NumberText.PValue(row.AdjustedP), new(ComparisonText.Word(row), ComparisonText.Mark(row.Verdict)), NumberText.Count(row.N),
                    row.OnlyA is { } a && row.OnlyB is { } b ? $"{a} / {b}" : "-", $"{row.FailedA} / {row.FailedB}", row.Test ?? "-", row.Method ?? "-", ComparisonText.Note(row),
                ],
                index < brief))]);
    }

    static ReportTable Costs(RunComparison comparison)
    {
        var (tasks, models) = (Differ(comparison.Costs, row => row.Task), Differ(comparison.Costs, row => row.ModelB));
        return new(
            "Time, tokens and cost of a sample",
            [
                new("task", IsBrief: tasks), new("model", IsBrief: models), new("of a sample"), new("A", IsNumber: true), new("B", IsNumber: true),
                new($"difference [{Confidence(comparison)} %]", IsNumber: true), new("corrected p", IsNumber: true), new("pairs", IsNumber: true), new("interval by", IsBrief: false),
            ],
            [.. comparison.Costs.Select(row => new ReportRow([
                row.Task ?? "-", Models(row), row.Metric, NumberText.Number(row.ValueA, row.Unit), NumberText.Number(row.ValueB, row.Unit),
                NumberText.WithInterval(row.Difference, row.Low, row.High, row.Unit, signed: true), NumberText.PValue(row.AdjustedP), NumberText.Count(row.N), row.Method ?? "-"]))]);
    }

    static ReportTable Flips(RunComparison comparison) => new(
        "Flips: right in one run only, the losses first",
        [new("sample"), new("task", IsBrief: false), new("filter", IsBrief: false), new("metric", IsBrief: false), new("A", IsNumber: true), new("B", IsNumber: true), new("wanted"), new("answer of A"), new("answer of B")],
        [.. comparison.Flips.Select((flip, index) => new ReportRow(
            [
                flip.Id, flip.Task ?? "-", flip.Filter ?? "-", flip.Metric, NumberText.Number(flip.A), NumberText.Number(flip.B), flip.Target ?? "-", flip.AnswerA ?? "- (none)", flip.AnswerB ?? "- (none)",
            ],
            index < BriefFlips))]);

    static ReportTable Differences(RunComparison comparison) => new(
        "What else differs",
        [new("what"), new("A"), new("B")],
        [.. comparison.Differences.Select((difference, index) => new ReportRow([difference.What, difference.A ?? "-", difference.B ?? "-"], index < BriefDifferences))]);

    static string Models(ScoreDifference row) => row.ModelA == row.ModelB ? row.ModelB : $"{row.ModelB} against {row.ModelA}";

    static string Confidence(RunComparison comparison) => ((1 - comparison.Alpha) * 100).ToString("0.##", CultureInfo.InvariantCulture);

    static bool Differ(ImmutableArray<ScoreDifference> rows, Func<ScoreDifference, string?> part) => rows.Select(part).Distinct().Count() > 1;
}
