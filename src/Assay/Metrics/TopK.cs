namespace Assay.Metrics;

/// <summary>Whether the true class is among the k with the highest scores.</summary>
public static class TopK
{
    /// <summary>
    /// The share of rows; of equal scores the higher class index ranks first, as in scikit-learn. Undefined without rows or when a score is NaN;
    /// 1 when k is the number of classes or more.
    /// </summary>
    /// <param name="scores">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Accuracy(ReadOnlySpan<double> scores, int classes, ReadOnlySpan<int> truth, int k, ReadOnlySpan<double> weights = default)
    {
        var hits = new double[truth.Length];
        PerRow(scores, classes, truth, k, hits);
        SampleWeights.Check(weights, truth.Length);
        return Regression.Mean(hits, weights, hit => hit) is { IsDefined: true } mean ? mean
            : MetricValue.Undefined(truth.IsEmpty ? "there are no rows to score" : "a score is not a number");
    }

    /// <summary>1 for a hit, 0 for a miss, NaN for a row with a NaN.</summary>
    /// <inheritdoc cref="Accuracy"/>
    internal static void PerRow(ReadOnlySpan<double> scores, int classes, ReadOnlySpan<int> truth, int k, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, (long)truth.Length * classes);
        for (var row = 0; row < truth.Length; row++)
        {
            var ofRow = scores.Slice(row * classes, classes);
            var (own, ahead) = (ofRow[truth[row]], 0);
            for (var label = 0; label < classes; label++)
            {
                ahead += ofRow[label] > own || (ofRow[label] == own && label > truth[row]) ? 1 : 0;
                own = double.IsNaN(ofRow[label]) ? double.NaN : own;
            }

            destination[row] = double.IsNaN(own) ? double.NaN : ahead < k ? 1 : 0;
        }
    }
}
