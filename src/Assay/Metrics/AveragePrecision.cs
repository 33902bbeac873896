namespace Assay.Metrics;

/// <summary>
/// The area under the precision-recall curve as a sum of steps, (R_n - R_(n-1)) P_n over the distinct scores: neither trapezoids nor
/// interpolation, which are too kind (Davis and Goadrich 2006). scikit-learn's <c>average_precision_score</c>, MLflow's precision_recall_auc.
/// </summary>
public static class AveragePrecision
{
    /// <summary>In [0, 1]; undefined without positive rows (scikit-learn gives 0 there) or when a score is NaN.</summary>
    public static MetricValue Of(ScoreSummary scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Defect is { } defect && scores.Negatives > 0 | scores.N == 0)
        {
            return MetricValue.Undefined(defect);
        }

        var sum = 0.0;
        var walk = scores.Walk();
        while (walk.Next())
        {
            sum += walk.TiedPositives > 0 ? walk.TiedPositives * walk.TruePositives / (walk.TruePositives + walk.FalsePositives) : 0;
        }

        return MetricValue.Of(sum / scores.Positives);
    }
}
