namespace Assay.Metrics;

/// <summary>Metrics of a regression that need the values themselves and not only their sums (<see cref="RegressionSummary"/>).</summary>
public static class Regression
{
    const string NoRows = "there are no rows to score";
    const string NotFinite = "a value is not a finite number";

    /// <summary>The weighted median of |truth - predicted|; the mean of the middle two where it falls between them.</summary>
    public static MetricValue MedianAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        var errors = Errors(truth, predicted, weights);
        for (var row = 0; row < errors.Length; row++)
        {
            errors[row] = Math.Abs(errors[row]);
        }

        return WeightedQuantile.Of(errors, weights, 0.5) is { } median ? Finite(median) : MetricValue.Undefined(NoRows);
    }

    /// <summary>
    /// Mean pinball loss of a predicted quantile: alpha · error when the truth lies above, (1 - alpha) · |error| when below.
    /// </summary>
    /// <param name="truth">Numbers.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="alpha">The quantile that is predicted, in [0, 1]; at 0.5 the loss is half the mean absolute error.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Pinball(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double alpha, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, 1);
        var errors = Errors(truth, predicted, weights);
        return Mean(errors, weights, error => error >= 0 ? alpha * error : (alpha - 1) * error);
    }

    /// <summary>1 - absolute errors / absolute distances of the truth from its median: 1 at best, 0 for always predicting the median.</summary>
    public static MetricValue D2Absolute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        D2Pinball(truth, predicted, 0.5, weights);

    /// <summary>1 - pinball loss / that of always predicting the truth's quantile alpha. Undefined for fewer than two rows or a constant truth.</summary>
    public static MetricValue D2Pinball(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double alpha, ReadOnlySpan<double> weights = default)
    {
        var loss = Pinball(truth, predicted, alpha, weights);
        if (truth.Length < 2 || !loss.IsDefined)
        {
            return loss.IsDefined ? MetricValue.Undefined("it needs two rows or more") : loss;
        }

        var constant = new double[truth.Length];
        constant.AsSpan().Fill(WeightedQuantile.Of(truth, weights, alpha)!.Value);
        return Against(loss, Pinball(truth, constant, alpha, weights));
    }

    /// <summary>
    /// Mean absolute error / that of the naive forecast within the training series, which repeats the value of one season before
    /// (Hyndman and Koehler 2006). Below 1: better than naive.
    /// </summary>
    /// <param name="truth">The values forecast.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="training">The series before, in order; longer than the season.</param>
    /// <param name="season">1: the last value.</param>
    public static MetricValue MeanAbsoluteScaledError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> training, int season = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(season);
        var error = RegressionSummary.Of(truth, predicted).MeanAbsoluteError;
        if (!error.IsDefined || training.Length <= season)
        {
            return error.IsDefined ? MetricValue.Undefined("the training series is not longer than a season") : error;
        }

        var naive = RegressionSummary.Of(training[season..], training[..^season]).MeanAbsoluteError;
        return naive.IsDefined ? MetricValue.Ratio(error.Value, naive.Value, "the training series does not vary") : naive;
    }

    internal static MetricValue Against(MetricValue loss, MetricValue ofConstant) => !loss.IsDefined ? loss
        : !ofConstant.IsDefined ? ofConstant
        : ofConstant.Value > 0 ? MetricValue.Of(1 - (loss.Value / ofConstant.Value))
        : MetricValue.Undefined("the truth does not vary");

    internal static MetricValue Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Func<double, double> map)
    {
        double sum = 0, total = 0;
        for (var row = 0; row < values.Length; row++)
        {
            var weight = SampleWeights.Of(weights, row);
            sum += weight * map(values[row]);
            total += weight;
        }

        return total > 0 ? Finite(sum / total) : MetricValue.Undefined(NoRows);
    }

    internal static MetricValue Finite(double value) => double.IsFinite(value) ? MetricValue.Of(value) : MetricValue.Undefined(NotFinite);

    static double[] Errors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        SampleWeights.Check(weights, truth.Length);
        var errors = new double[truth.Length];
        for (var row = 0; row < errors.Length; row++)
        {
            errors[row] = truth[row] - predicted[row];
        }

        return errors;
    }
}
