namespace Assay.Metrics;

/// <summary>The area under the ROC curve, exact: the share of (positive, negative) pairs that are ranked right, ties counted 1/2.</summary>
public static class RocAuc
{
    /// <summary>In [0, 1]; undefined when all rows are of one class or a score is NaN. O(n log n); holds the scores.</summary>
    /// <param name="scores">Higher means more likely positive; only their order matters.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    public static MetricValue Binary(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positives) => Binary(ScoreSummary.Of(scores, positives));

    /// <summary>The same of scores that are sorted already.</summary>
    public static MetricValue Binary(ScoreSummary scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Defect is { } defect ? MetricValue.Undefined(defect) : MetricValue.Of(scores.RightPairs() / (scores.Positives * scores.Negatives));
    }

    /// <summary>
    /// The area up to a false positive rate, put on the scale on which guessing is 0.5 and the best 1 (McClish 1989): scikit-learn's
    /// <c>max_fpr</c>. The curve is interpolated linearly at the end.
    /// </summary>
    /// <param name="scores">The scores.</param>
    /// <param name="maxFalsePositiveRate">In (0, 1].</param>
    public static MetricValue Partial(ScoreSummary scores, double maxFalsePositiveRate)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFalsePositiveRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFalsePositiveRate, 1);
        if (scores.Defect is { } defect)
        {
            return MetricValue.Undefined(defect);
        }

        double area = 0, left = 0, bottom = 0;
        var walk = scores.Walk();
        while (left < maxFalsePositiveRate && walk.Next())
        {
            var (right, top) = (walk.FalsePositives / scores.Negatives, walk.TruePositives / scores.Positives);
            if (right > maxFalsePositiveRate)
            {
                (right, top) = (maxFalsePositiveRate, bottom + ((top - bottom) * (maxFalsePositiveRate - left) / (right - left)));
            }

            area += (right - left) * (top + bottom) / 2;
            (left, bottom) = (right, top);
        }

        var least = maxFalsePositiveRate * maxFalsePositiveRate / 2;
        return MetricValue.Of(maxFalsePositiveRate == 1 ? area : 0.5 * (1 + ((area - least) / (maxFalsePositiveRate - least))));
    }

    /// <summary>
    /// The mean over the classes of each class against the rest (scikit-learn's <c>multi_class="ovr", average="macro"</c>).
    /// Undefined when a class has no row in the truth: a mean over the others would be another metric.
    /// </summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    public static MetricValue OneVsRest(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth) =>
        new OneVsRestRanking(probabilities, classes, truth).Auc();
}
