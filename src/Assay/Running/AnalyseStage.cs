using Assay.Reporting;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>Looks for where the model is weak: per class, and per value of each slice column.</summary>
static class AnalyseStage
{
    public static string Run(Spec spec, ReportBuilder report, PreparedTable data, Tested tested)
    {
        var model = report.Training!.Model;
        var options = EvaluateStage.Options(spec);
        tested = tested.OncePerRow();
        if (tested.Outputs is TestedClasses classes)
        {
            report.Add(ClassificationEstimates.PerClass(classes.Predictions, spec.Data!.Target, options).Select(estimate => estimate with { Stage = "evaluate", Model = model }));
        }

        if (spec.Slices.IsEmpty)
        {
            return tested.Outputs is TestedClasses ? "per class; the spec names no slices" : "the spec names no slices";
        }

        var table = data.Table.Select(tested.Rows);
        var columns = spec.Slices.Select(name => (name, Enumerable.Range(0, table.RowCount).Select(table[name].Text).ToArray())).ToList();
        var analysis = tested.Outputs switch
        {
            TestedClasses judged => Slices.Analyse(judged.Predictions, columns, options),
            TestedNumbers judged => Slices.Analyse(judged.AbsoluteErrors(), columns),
            _ => throw new InvalidOperationException("Outputs are classes or numbers."),
        };
        report.Add(analysis.SelectMany(slice => slice.Estimates).Select(estimate => estimate with { Stage = "evaluate", Model = model }));
        report.Slices = [.. analysis.Where(slice => slice.Value is not null).Select(slice => Describe(slice, model))];
        foreach (var refused in analysis.Where(slice => slice.Value is null))
        {
            report.Find("warning", refused.Reason!);
        }

        var weak = report.Slices.Where(slice => slice.IsWeak).ToList();
        foreach (var slice in weak)
        {
            report.Find("weakness", Sentence(slice));
        }

        if (weak.Count == 0)
        {
            report.Find("strength", $"no slice of {string.Join(", ", spec.Slices)} is distinguishably worse than the rest ({(tested.Outputs is TestedClasses ? "Fisher's exact test" : "Welch's t-test of the absolute errors")}, false discovery rate 5 %)");
        }

        return $"{report.Slices.Length} slices, {weak.Count} distinguishably weaker than the rest";
    }

    static string Sentence(SliceSection slice) =>
        $"{slice.Column} = {slice.Value}: {slice.Score.Metric} {NumberText.Of(slice.Score)} of {slice.Score.N} rows, "
        + $"{NumberText.Difference(slice.Difference, slice.DifferenceLow, slice.DifferenceHigh)} against the rest (adjusted p {NumberText.PValue(slice.AdjustedP)})";

    static SliceSection Describe(SliceResult slice, string? model) => new(
        slice.Column, slice.Value!, slice.Estimates[0] with { Stage = "evaluate", Model = model },
        slice.Difference, slice.DifferenceInterval?.Low, slice.DifferenceInterval?.High, slice.AdjustedPValue, slice.IsWeak);
}
