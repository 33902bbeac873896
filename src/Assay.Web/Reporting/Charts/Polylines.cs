using Assay.Reporting;

namespace Assay.Web.Reporting.Charts;

/// <summary>A curve with gaps, as the lines between them.</summary>
static class Polylines
{
    /// <summary>An undefined value is a gap, not a straight line over it.</summary>
    public static IEnumerable<List<CurvePoint>> Of(IEnumerable<(double X, double? Y)> points)
    {
        var run = new List<CurvePoint>();
        foreach (var (x, y) in points)
        {
            if (y is { } value && double.IsFinite(value))
            {
                run.Add(new(x, value));
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
