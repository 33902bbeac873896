namespace Assay.Metrics;

/// <summary>The largest gap between the true and the false positive rate over all thresholds: the KS statistic of credit scoring, Youden's J at its best threshold.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>In [0, 1], and the threshold where it is reached (the highest of equals); undefined when all rows are of one class or a score is NaN.</summary>
    public static (MetricValue Value, double? Threshold) Of(ScoreSummary scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Defect is { } defect)
        {
            return (MetricValue.Undefined(defect), null);
        }

        var (largest, threshold) = (0.0, (double?)null);
        var walk = scores.Walk();
        while (walk.Next())
        {
            var gap = Math.Abs((walk.TruePositives / scores.Positives) - (walk.FalsePositives / scores.Negatives));
            if (gap > largest)
            {
                (largest, threshold) = (gap, walk.Score);
            }
        }

        return (MetricValue.Of(largest), threshold);
    }
}
