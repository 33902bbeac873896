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
}
