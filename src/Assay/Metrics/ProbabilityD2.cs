namespace Assay.Metrics;

/// <summary>
/// What probabilities explain beyond how common the classes are: 1 - loss / loss of always predicting the class shares of the truth. 1 is
/// perfect, 0 no better than the shares, below 0 worse. scikit-learn's d2_log_loss_score (1.5) and d2_brier_score. Undefined where the loss
/// is, and with one class only, whose shares are never wrong.
/// </summary>
public static class ProbabilityD2
{
    /// <summary>By <c>LogLoss.Mean</c>.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue LogLoss(ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default) => Explained(
        Metrics.LogLoss.Mean(probabilities, classes, truth, weights: weights),
        Metrics.LogLoss.Mean(Shares(classes, truth, weights), classes, truth, weights: weights));

    /// <summary>By <c>Brier.Mean</c>.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Brier(ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default) => Explained(
        Metrics.Brier.Mean(probabilities, classes, truth, weights: weights),
        Metrics.Brier.Mean(Shares(classes, truth, weights), classes, truth, weights: weights));

    static MetricValue Explained(MetricValue loss, MetricValue ofShares) => !loss.IsDefined ? loss
        : !ofShares.IsDefined ? ofShares
        : ofShares.Value > 1e-12 ? MetricValue.Of(1 - (loss.Value / ofShares.Value))
        : MetricValue.Undefined("every row is of one class: always predicting it is never wrong");

    static double[] Shares(int classes, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights)
    {
        var shares = new double[classes];
        var total = 0.0;
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = SampleWeights.Of(weights, row);
            shares[truth[row]] += weight;
            total += weight;
        }

        var rows = new double[truth.Length * classes];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = total > 0 ? shares[i % classes] / total : 0;
        }

        return rows;
    }
}
