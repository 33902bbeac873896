using Assay.Comparing;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Web.Reporting.Charts;

/// <summary>A number with its interval, to be drawn beside others on one axis.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The point.</param>
/// <param name="Low">Begin of the line.</param>
/// <param name="High">End of the line.</param>
/// <param name="Text">The same in digits.</param>
/// <param name="IsWeak">Drawn as a weakness.</param>
public sealed record ForestRow(string Label, double Value, double Low, double High, string Text, bool IsWeak = false)
{
    /// <summary>Shares and the like, with an interval; not times or rates, which need an axis of their own.</summary>
    internal static bool CanDraw(Estimate estimate) => estimate is { Unit: null, Value: not null, Low: >= -1, High: <= 1 };

    internal static ForestRow Of(string label, Estimate estimate) =>
        new(label, estimate.Value!.Value, estimate.Low!.Value, estimate.High!.Value, NumberText.Of(estimate));

    internal static bool CanDraw(ScoreDifference difference) => difference is { Unit: null, Difference: not null, Low: >= -1, High: <= 1 };

    /// <summary>A slice by its value, a whole task by what tells it apart from others.</summary>
    internal static ForestRow Of(ScoreDifference difference)
    {
        string?[] names = difference.Slice is { } slice
            ? [.. slice.Select(pair => $"{pair.Key} = {pair.Value}")]
            : [difference.Task, difference.Filter is "none" ? null : difference.Filter, difference.Metric];
        return new(
            string.Join(' ', names.OfType<string>()), difference.Difference!.Value, difference.Low!.Value, difference.High!.Value,
            NumberText.Difference(difference.Difference, difference.Low, difference.High), difference.Verdict == ComparisonVerdict.Worse);
    }
}
