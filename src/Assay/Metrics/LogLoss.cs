namespace Assay.Metrics;

/// <summary>
/// Cross-entropy in nats: the mean of -ln p(true class). Probabilities are clipped to [eps, 1 - eps]; rows are not renormalised,
/// as in scikit-learn 1.5 and later.
/// </summary>
public static class LogLoss
{
    /// <summary>The machine epsilon of a 32-bit float, scikit-learn's clip for such probabilities: one row costs at most 15.94.</summary>
    public const double Float32Epsilon = 1.1920928955078125e-07;

    /// <summary>Keras's clip in its cross-entropy losses.</summary>
    public const double KerasEpsilon = 1e-7;

    /// <summary>The loss of each row; NaN where the probability is NaN.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="destination">As long as <paramref name="truth"/>.</param>
    /// <param name="epsilon">The clip.</param>
    public static void PerRow(
        ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth, Span<double> destination, double epsilon = Float32Epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, truth.Length * classes);
        for (var row = 0; row < truth.Length; row++)
        {
            destination[row] = -Math.Log(Math.Clamp((double)probabilities[(row * classes) + truth[row]], epsilon, 1 - epsilon));
        }
    }

    /// <summary>scikit-learn's clip for 64-bit probabilities: one row costs at most 36.04.</summary>
    public const double Float64Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// The mean of 64-bit probabilities, with the clip and the base of the logarithm named. Undefined without rows, when a probability is no
    /// number in [0, 1], or when a row does not sum to 1 within 0.001.
    /// </summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="epsilon">The clip; 0 lets a sure mistake cost infinity, which is undefined (ML.NET's binary loss).</param>
    /// <param name="logBase">Null: e, nats. ML.NET's binary log-loss is of base 2.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Mean(
        ReadOnlySpan<double> probabilities,
        int classes,
        ReadOnlySpan<int> truth,
        double epsilon = Float64Epsilon,
        double? logBase = null,
        ReadOnlySpan<double> weights = default)
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
            sum -= weight * Math.Log(Math.Clamp(probabilities[(row * classes) + truth[row]], epsilon, 1 - epsilon));
            total += weight;
        }

        return !(total > 0) ? MetricValue.Undefined("there are no rows to score")
            : double.IsFinite(sum) ? MetricValue.Of(sum / total / (logBase is { } b ? Math.Log(b) : 1))
            : MetricValue.Undefined("a probability of 0 of the true class costs infinity");
    }
}
