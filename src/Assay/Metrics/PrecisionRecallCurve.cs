using System.Collections.Immutable;

namespace Assay.Metrics;

/// <summary>One point of a precision-recall curve.</summary>
/// <param name="Precision">Of the rows with at least the threshold, the share that is positive.</param>
/// <param name="Recall">Of the positive rows, the share with at least the threshold.</param>
/// <param name="Threshold">Null at the last point, which stands for no prediction at all.</param>
public readonly record struct PrecisionRecallPoint(double Precision, double Recall, double? Threshold);

/// <summary>Precision against recall, one point for each distinct score from the lowest up, and (1, 0) at the end (scikit-learn's order).</summary>
public static class PrecisionRecallCurve
{
    /// <summary>Empty when no row is positive or a score is NaN.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="maxPoints">At most about so many points, at equal distances along the scores, for a chart; null: all.</param>
    public static ImmutableArray<PrecisionRecallPoint> Compute(ScoreSummary scores, int? maxPoints = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints ?? 2, 2, nameof(maxPoints));
        if (!double.IsFinite(AveragePrecision.Of(scores).Value))
        {
            return [];
        }

        var points = new List<PrecisionRecallPoint> { new(1, 0, null) };
        var walk = scores.Walk();
        while (walk.Next())
        {
            points.Add(new(walk.TruePositives / (walk.TruePositives + walk.FalsePositives), walk.TruePositives / scores.Positives, walk.Score));
        }

        points.Reverse();
        return maxPoints is { } most && points.Count > most
            ? [.. Enumerable.Range(0, most).Select(i => points[(int)((long)i * (points.Count - 1) / (most - 1))])]
            : [.. points];
    }
}
