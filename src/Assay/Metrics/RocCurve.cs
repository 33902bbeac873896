using System.Collections.Immutable;

namespace Assay.Metrics;

/// <summary>One point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">Negative rows with a score of at least the threshold / negative rows.</param>
/// <param name="TruePositiveRate">Positive rows with a score of at least the threshold / positive rows.</param>
/// <param name="Threshold">Rows with at least this score are predicted positive; null at the first point, above every score.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double? Threshold);

/// <summary>The ROC curve: from (0, 0) to (1, 1), one point for each distinct score, so that ties are a diagonal.</summary>
public static class RocCurve
{
    readonly record struct Step(double FalsePositives, double TruePositives, double Threshold);

    /// <summary>Empty when all rows are of one class or a score is NaN.</summary>
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="maxPoints">
    /// At most this many points, for a chart: first the points on straight lines go, which changes nothing; then those nearest to
    /// equal distances along the curve stay. Null: all. At least 2.
    /// </param>
    public static ImmutableArray<RocPoint> Compute(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positives, int? maxPoints = null) =>
        Compute(ScoreSummary.Of(scores, positives), maxPoints);

    /// <summary>The same of scores that are sorted already.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="maxPoints">As above.</param>
    public static ImmutableArray<RocPoint> Compute(ScoreSummary scores, int? maxPoints = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints ?? 2, 2, nameof(maxPoints));
        if (scores.Defect is not null)
        {
            return [];
        }

        var steps = new List<Step> { default };
        var walk = scores.Walk();
        while (walk.Next())
        {
            steps.Add(new Step(walk.FalsePositives, walk.TruePositives, walk.Score));
        }

        if (maxPoints is { } limit && steps.Count > limit)
        {
            steps = Thin(Corners(steps), limit);
        }

        return [.. steps.Select((step, i) => new RocPoint(
            step.FalsePositives / scores.Negatives, step.TruePositives / scores.Positives, i == 0 ? null : step.Threshold))];
    }

    static List<Step> Corners(List<Step> steps)
    {
        var corners = new List<Step> { steps[0] };
        for (var i = 1; i < steps.Count - 1; i++)
        {
            var (before, here, after) = (corners[^1], steps[i], steps[i + 1]);
            var turn = ((here.FalsePositives - before.FalsePositives) * (after.TruePositives - here.TruePositives))
                - ((here.TruePositives - before.TruePositives) * (after.FalsePositives - here.FalsePositives));
            if (turn != 0)
            {
                corners.Add(here);
            }
        }

        corners.Add(steps[^1]);
        return corners;
    }

    static List<Step> Thin(List<Step> steps, int limit)
    {
        if (steps.Count <= limit)
        {
            return steps;
        }

        var along = steps.ConvertAll(step =>
            (step.FalsePositives / steps[^1].FalsePositives) + (step.TruePositives / steps[^1].TruePositives));
        var kept = new List<Step> { steps[0] };
        var at = 0;
        for (var point = 1; point < limit - 1; point++)
        {
            var goal = 2.0 * point / (limit - 1);
            var from = at;
            while (at < steps.Count - 2 && (at == from || Math.Abs(along[at + 1] - goal) <= Math.Abs(along[at] - goal)))
            {
                at++;
            }

            if (at > from)
            {
                kept.Add(steps[at]);
            }
        }

        kept.Add(steps[^1]);
        return kept;
    }
}
