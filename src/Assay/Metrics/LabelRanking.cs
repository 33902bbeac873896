namespace Assay.Metrics;

/// <summary>
/// How well scores rank the true labels of each row above the false ones, where a row may have several labels. Source: Tsoumakas, Katakis and
/// Vlahavas 2010; scikit-learn's three functions.
/// </summary>
public static class LabelRanking
{
    /// <summary>
    /// Mean over the rows of the mean, over a row's true labels, of the share of true ones among the labels ranked as high or higher. A row
    /// whose labels are all true or all false counts 1. In (0, 1].
    /// </summary>
    /// <param name="scores">Row by row: element <c>row * labels + label</c>.</param>
    /// <param name="truth">As many: whether the row has the label.</param>
    /// <param name="labels">The number of labels.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, int labels, ReadOnlySpan<double> weights = default) =>
        Mean(scores, truth, labels, weights, PrecisionOfRow);

    /// <summary>Mean over the rows of how far down the ranking one must go to have all true labels, ties at their lowest place; 0 for a row without one.</summary>
    /// <inheritdoc cref="AveragePrecision"/>
    public static MetricValue CoverageError(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, int labels, ReadOnlySpan<double> weights = default) =>
        Mean(scores, truth, labels, weights, CoverageOfRow);

    /// <summary>Mean over the rows of the share of (true, false) pairs of labels that are ranked wrong or tied; 0 for a row without pairs.</summary>
    /// <inheritdoc cref="AveragePrecision"/>
    public static MetricValue Loss(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, int labels, ReadOnlySpan<double> weights = default) =>
        Mean(scores, truth, labels, weights, LossOfRow);

    static double PrecisionOfRow(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        var trueLabels = truth.Count(true);
        if (trueLabels == 0 || trueLabels == truth.Length)
        {
            return 1;
        }

        var sum = 0.0;
        for (var label = 0; label < scores.Length; label++)
        {
            sum += truth[label] ? (double)AtLeast(scores, truth, scores[label], onlyTrue: true) / AtLeast(scores, truth, scores[label], onlyTrue: false) : 0;
        }

        return sum / trueLabels;
    }

    static double CoverageOfRow(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        var lowest = double.PositiveInfinity;
        for (var label = 0; label < scores.Length; label++)
        {
            lowest = truth[label] ? Math.Min(lowest, scores[label]) : lowest;
        }

        return truth.Contains(true) ? AtLeast(scores, truth, lowest, onlyTrue: false) : 0;
    }

    static double LossOfRow(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        var trueLabels = truth.Count(true);
        var pairs = (double)trueLabels * (truth.Length - trueLabels);
        var wrong = 0;
        for (var label = 0; label < scores.Length; label++)
        {
            wrong += truth[label] ? AtLeast(scores, truth, scores[label], onlyTrue: false) - AtLeast(scores, truth, scores[label], onlyTrue: true) : 0;
        }

        return pairs == 0 ? 0 : wrong / pairs;
    }

    static int AtLeast(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, double score, bool onlyTrue)
    {
        var count = 0;
        for (var label = 0; label < scores.Length; label++)
        {
            count += scores[label] >= score && (truth[label] || !onlyTrue) ? 1 : 0;
        }

        return count;
    }

    static MetricValue Mean(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, int labels, ReadOnlySpan<double> weights, Func<ReadOnlySpan<double>, ReadOnlySpan<bool>, double> ofRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length % labels, 0, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfNotEqual(truth.Length, scores.Length);
        var rows = scores.Length / labels;
        SampleWeights.Check(weights, rows);
        var values = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            var ofThis = scores.Slice(row * labels, labels);
            if (ofThis.ContainsAnyExceptInRange(double.NegativeInfinity, double.PositiveInfinity))
            {
                return MetricValue.Undefined("a score is not a number");
            }

            values[row] = ofRow(ofThis, truth.Slice(row * labels, labels));
        }

        return Regression.Mean(values, weights, value => value);
    }
}
