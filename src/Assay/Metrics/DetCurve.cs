using System.Collections.Immutable;

namespace Assay.Metrics;

/// <summary>One point of a detection error trade-off curve.</summary>
/// <param name="FalsePositiveRate">Negative rows with a score of at least the threshold / negative rows.</param>
/// <param name="FalseNegativeRate">Positive rows below the threshold / positive rows.</param>
/// <param name="Threshold">Null at the point above every score.</param>
public readonly record struct DetPoint(double FalsePositiveRate, double FalseNegativeRate, double? Threshold);

/// <summary>The two error rates against each other (Martin et al. 1997): the ROC curve turned over.</summary>
public static class DetCurve
{
    /// <summary>From the point above every score down; empty when all rows are of one class or a score is NaN.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="maxPoints">As in <see cref="RocCurve"/>.</param>
    public static ImmutableArray<DetPoint> Compute(ScoreSummary scores, int? maxPoints = null) =>
        [.. RocCurve.Compute(scores, maxPoints).Select(point => new DetPoint(point.FalsePositiveRate, 1 - point.TruePositiveRate, point.Threshold))];
}
