using System.Collections.Immutable;
using Assay.Reporting;

namespace Assay.Web.Reporting.Charts;

/// <summary>Where more load begins to cost more latency than it brings throughput.</summary>
public static class Knee
{
    const int FewestPoints = 4;
    const double LeastLead = 0.1;

    /// <summary>
    /// The place of the point at which throughput, as a share of its range, is furthest ahead of latency, as a share of its own: the
    /// greatest difference of Kneedle for a convex rising curve without smoothing (Satopaa et al. 2011, Finding a 'Kneedle' in a
    /// Haystack). Null with fewer than four points, where latency does not rise, and where the lead is under a tenth: a straight line
    /// has no knee.
    /// </summary>
    /// <param name="points">X throughput, rising; Y latency.</param>
    public static int? Of(ImmutableArray<CurvePoint> points)
    {
        if (points.Length < FewestPoints)
        {
            return null;
        }

        var (lowX, highX) = (points[0].X, points[^1].X);
        var (lowY, highY) = (points.Min(point => point.Y), points.Max(point => point.Y));
        if (highX <= lowX || highY <= lowY || points[^1].Y <= points[0].Y)
        {
            return null;
        }

        var leads = points.Select(point => ((point.X - lowX) / (highX - lowX)) - ((point.Y - lowY) / (highY - lowY))).ToList();
        var best = leads.IndexOf(leads.Max());
        return leads[best] >= LeastLead ? best : null;
    }
}
