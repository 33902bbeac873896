using Assay.Reporting;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>Where a language model is weak: per value of each slice column of a task.</summary>
static class TaskSlices
{
    public static void Report(TaskDefinition task, string model, TaskTally tally, ReportBuilder report)
    {
        if (task.Slices.IsEmpty || tally.Right.Count == 0)
        {
            return;
        }

        var metric = task.Metrics[0].Name;
        var columns = task.Slices.Zip(tally.Tags, (column, tags) => (column, tags.ToArray())).ToList();
        var analysis = Slices.Analyse(metric, tally.Right, columns);
        var sections = analysis.Where(slice => slice.Value is not null).Select(slice => new SliceSection(
            slice.Column, slice.Value!, slice.Estimates[0] with { Stage = "evaluate", Task = task.Name, Model = model },
            slice.Difference, slice.DifferenceInterval?.Low, slice.DifferenceInterval?.High, slice.AdjustedPValue, slice.IsWeak)).ToList();
        report.Add(sections.Select(section => section.Score));

        // Of the whole run the weakest first, whatever they are slices of.
        report.Slices = [.. report.Slices.Concat(sections).OrderByDescending(slice => slice.IsWeak).ThenByDescending(slice => slice.IsWeak ? Math.Abs(slice.Difference ?? 0) : 0)];
        foreach (var refused in analysis.Where(slice => slice.Value is null))
        {
            report.Find("warning", $"{task.Name}: {refused.Reason}");
        }

        foreach (var weak in sections.Where(section => section.IsWeak))
        {
            report.Find("weakness", $"{model}, {task.Name}: {weak.Column} = {weak.Value}: {metric} {NumberText.Of(weak.Score)} of {weak.Score.N} samples, "
                + $"{NumberText.Difference(weak.Difference, weak.DifferenceLow, weak.DifferenceHigh)} against the rest (adjusted p {NumberText.PValue(weak.AdjustedP)})");
        }
    }
}
