namespace Assay.Metrics;

/// <summary>
/// The Brier score: the squared distance between the probabilities and the truth. Two classes: (p - y)² of the positive class, in
/// [0, 1]; more: summed over the classes, in [0, 2] (scikit-learn 1.7's <c>scale_by_half="auto"</c>).
/// </summary>
public static class Brier
{
    /// <summary>The score of each row.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="destination">As long as <paramref name="truth"/>.</param>
    public static void PerRow(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, truth.Length * classes);
        var scale = classes == 2 ? 0.5 : 1;
        for (var row = 0; row < truth.Length; row++)
        {
            var sum = 0.0;
            for (var label = 0; label < classes; label++)
            {
                var error = probabilities[(row * classes) + label] - (label == truth[row] ? 1.0 : 0.0);
                sum += error * error;
            }

            destination[row] = scale * sum;
        }
    }

    /// <summary>
    /// The mean. Undefined without rows, when a probability is no number in [0, 1], or when a row does not sum to 1 within 0.001.
    /// </summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="scaleByHalf">Half of the sum over the classes; null: of two classes only, as in scikit-learn 1.7.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Mean(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, bool? scaleByHalf = null, ReadOnlySpan<double> weights = default)
    {
        SampleWeights.Check(weights, truth.Length);
        if (ProbabilityRows.Defect(probabilities, classes, truth.Length) is { } defect)
        {
            return MetricValue.Undefined(defect);
        }

        double sum = 0, total = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = SampleWeights.Of(weights, row);
            for (var label = 0; label < classes; label++)
            {
                var error = probabilities[(row * classes) + label] - (label == truth[row] ? 1 : 0);
                sum += weight * error * error;
            }

            total += weight;
        }

        return MetricValue.Ratio((scaleByHalf ?? (classes == 2)) ? sum / 2 : sum, total, "there are no rows to score");
    }
}
