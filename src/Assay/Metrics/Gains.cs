using System.Collections.Immutable;

namespace Assay.Metrics;

/// <summary>What the top rows hold.</summary>
/// <param name="Share">The share of the rows, the highest scores first.</param>
/// <param name="Gain">The share of all positive rows that is among them.</param>
/// <param name="Lift">How many times as many positives they hold as a random choice would: gain / share.</param>
public readonly record struct GainPoint(double Share, double Gain, double Lift);

/// <summary>Cumulative gains and lift, as in marketing and credit scoring.</summary>
public static class Gains
{
    /// <summary>
    /// One point for each of equal shares of the rows; a border within ties takes its share of them. Empty when no row is positive or a
    /// score is NaN.
    /// </summary>
    /// <param name="scores">The scores.</param>
    /// <param name="groups">10: deciles.</param>
    public static ImmutableArray<GainPoint> Compute(ScoreSummary scores, int groups = 10)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (!AveragePrecision.Of(scores).IsDefined)
        {
            return [];
        }

        var total = scores.Positives + scores.Negatives;
        var points = ImmutableArray.CreateBuilder<GainPoint>(groups);
        var walk = scores.Walk();
        while (walk.Next())
        {
            var (upTo, tied) = (walk.TruePositives + walk.FalsePositives, walk.TiedPositives + walk.TiedNegatives);
            for (var border = Border(points.Count); points.Count < groups && border <= upTo * (1 + 1e-12); border = Border(points.Count))
            {
                var share = (points.Count + 1.0) / groups;
                var inTie = tied > 0 ? Math.Clamp((border - (upTo - tied)) / tied, 0, 1) : 1;
                var gain = (walk.TruePositives - ((1 - inTie) * walk.TiedPositives)) / scores.Positives;
                points.Add(new GainPoint(share, gain, gain / share));
            }
        }

        return points.DrainToImmutable();

        double Border(int point)
        {
            return total * (point + 1) / groups;
        }
    }
}
