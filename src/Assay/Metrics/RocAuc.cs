namespace Assay.Metrics;

/// <summary>The area under the ROC curve, exact: the share of (positive, negative) pairs that are ranked right, ties counted 1/2.</summary>
public static class RocAuc
{
    /// <summary>In [0, 1]; undefined when all rows are of one class or a score is NaN. O(n log n); holds the scores.</summary>
    /// <param name="scores">Higher means more likely positive; only their order matters.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    public static MetricValue Binary(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positives)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positives.Length, scores.Length);
        return new RankedScores(scores).Auc(positives);
    }

    /// <summary>
    /// The mean over the classes of each class against the rest (scikit-learn's <c>multi_class="ovr", average="macro"</c>).
    /// Undefined when a class has no row in the truth: a mean over the others would be another metric.
    /// </summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    public static MetricValue OneVersusRest(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth) =>
        new OneVersusRestRanking(probabilities, classes, truth).Auc();
}
