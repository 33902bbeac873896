namespace Assay.Metrics;

/// <summary>
/// The sums that the means of a regression's errors are made of, from one pass. Immutable; summaries of parts of the data add up:
/// <see cref="Merge"/>. Centred moments are kept as such, so that large values with a small spread lose no digits (Chan et al. 1979).
/// </summary>
public sealed class RegressionSummary
{
    const string NoRows = "there are no rows to score";
    const double SmallestTruth = 2.220446049250313e-16;

    readonly CentredMoments _truth;
    readonly CentredMoments _predicted;
    readonly CentredMoments _errors;
    readonly double _product;
    readonly ErrorSums _sums;

    RegressionSummary(CentredMoments truth, CentredMoments predicted, CentredMoments errors, double product, ErrorSums sums, long n)
    {
        (_truth, _predicted, _errors, _product, _sums, N) = (truth, predicted, errors, product, sums, n);
    }

    readonly record struct ErrorSums(double Absolute, double Squared, double Relative, double Symmetric, double SquaredLog, double Largest)
    {
        public ErrorSums Add(ErrorSums other) => new(
            Absolute + other.Absolute, Squared + other.Squared, Relative + other.Relative, Symmetric + other.Symmetric, SquaredLog + other.SquaredLog, Math.Max(Largest, other.Largest));
    }

    /// <summary>Rows.</summary>
    public long N { get; }

    /// <summary>Mean of |truth - predicted|.</summary>
    public MetricValue MeanAbsoluteError => Mean(_sums.Absolute);

    /// <summary>Mean of (truth - predicted)².</summary>
    public MetricValue MeanSquaredError => Mean(_sums.Squared);

    /// <summary>The square root of <see cref="MeanSquaredError"/>.</summary>
    public MetricValue RootMeanSquaredError => Mean(_sums.Squared) is { IsDefined: true } mean ? MetricValue.Of(Math.Sqrt(mean.Value)) : Mean(_sums.Squared);

    /// <summary>Mean of (ln(1 + truth) - ln(1 + predicted))²; undefined when a value is -1 or less.</summary>
    public MetricValue MeanSquaredLogError => double.IsNaN(_sums.SquaredLog) && !double.IsNaN(_sums.Squared)
        ? MetricValue.Undefined("a value is -1 or less, where ln(1 + value) is not defined")
        : Mean(_sums.SquaredLog);

    /// <summary>
    /// Mean of |truth - predicted| / max(|truth|, 2.2e-16), a share and not a percentage. A truth of 0 makes it enormous, as in
    /// scikit-learn: read <see cref="SymmetricMeanAbsolutePercentageError"/> then.
    /// </summary>
    public MetricValue MeanAbsolutePercentageError => Mean(_sums.Relative);

    /// <summary>Mean of 2 |truth - predicted| / (|truth| + |predicted|), in [0, 2]; a row of two zeros counts 0.</summary>
    public MetricValue SymmetricMeanAbsolutePercentageError => Mean(_sums.Symmetric);

    /// <summary>The largest |truth - predicted|; weights do not matter.</summary>
    public MetricValue MaxError => N == 0 ? MetricValue.Undefined(NoRows) : Finite(_sums.Largest);

    /// <summary>Mean of predicted - truth: what the model is too high by.</summary>
    public MetricValue MeanError => N == 0 ? MetricValue.Undefined(NoRows) : Finite(-_errors.Mean);

    /// <summary>1 - squared errors / squared distances of the truth from its mean. Undefined for fewer than two rows.</summary>
    /// <param name="forceFinite">For a constant truth: 1 without errors, else 0 (scikit-learn's default), in place of undefined.</param>
    public MetricValue R2(bool forceFinite = true) => Explained(_sums.Squared, forceFinite);

    /// <summary>1 - variance of the errors / variance of the truth: <see cref="R2"/> that forgives a constant error.</summary>
    /// <param name="forceFinite">As in <see cref="R2"/>.</param>
    public MetricValue ExplainedVariance(bool forceFinite = true) => Explained(_errors.Squares, forceFinite);

    /// <summary>Pearson's correlation of truth and prediction, in [-1, 1]; undefined when either does not vary.</summary>
    public MetricValue Correlation => N < 2
        ? MetricValue.Undefined("a correlation needs two rows")
        : MetricValue.Ratio(_product, Math.Sqrt(_truth.Squares) * Math.Sqrt(_predicted.Squares), "the truth or the predictions do not vary") is { IsDefined: true } ratio
            ? Finite(Math.Clamp(ratio.Value, -1, 1))
            : MetricValue.Undefined("the truth or the predictions do not vary");

    /// <summary>Of these rows.</summary>
    /// <param name="truth">Numbers; a NaN or an infinity makes the metrics undefined.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    /// <exception cref="UserErrorException">A weight is negative or not a finite number.</exception>
    public static RegressionSummary Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        SampleWeights.Check(weights, truth.Length);
        CentredMoments ofTruth = default, ofPredicted = default, ofErrors = default;
        var product = 0.0;
        ErrorSums sums = default;
        for (var row = 0; row < truth.Length; row++)
        {
            var (y, p, weight) = (truth[row], predicted[row], SampleWeights.Of(weights, row));
            var before = ofTruth.Mean;
            ofTruth = ofTruth.Add(y, weight);
            ofPredicted = ofPredicted.Add(p, weight);
            ofErrors = ofErrors.Add(y - p, weight);
            product += weight * (y - before) * (p - ofPredicted.Mean);
            sums = sums.Add(OfRow(y, p, weight));
        }

        return new RegressionSummary(ofTruth, ofPredicted, ofErrors, product, sums, truth.Length);
    }

    /// <summary>The summary of both parts together.</summary>
    public RegressionSummary Merge(RegressionSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var truth = _truth.Merge(other._truth);
        var across = truth.Weight > 0
            ? (_truth.Mean - other._truth.Mean) * (_predicted.Mean - other._predicted.Mean) * _truth.Weight * other._truth.Weight / truth.Weight
            : 0;
        return new RegressionSummary(
            truth, _predicted.Merge(other._predicted), _errors.Merge(other._errors), _product + other._product + across, _sums.Add(other._sums), N + other.N);
    }

    static ErrorSums OfRow(double truth, double predicted, double weight)
    {
        var error = Math.Abs(truth - predicted);
        var size = Math.Abs(truth) + Math.Abs(predicted);
        var log = truth > -1 && predicted > -1 ? double.LogP1(truth) - double.LogP1(predicted) : double.NaN;
        return new ErrorSums(
            weight * error, weight * error * error, weight * error / Math.Max(Math.Abs(truth), SmallestTruth), size == 0 ? 0 : weight * 2 * error / size, weight * log * log, error);
    }

    MetricValue Explained(double squares, bool forceFinite) => N < 2
        ? MetricValue.Undefined("it needs two rows or more")
        : !double.IsFinite(_truth.Squares + squares) ? MetricValue.Undefined("a value is not a finite number")
        : _truth.Squares > 0 ? MetricValue.Of(1 - (squares / _truth.Squares))
        : forceFinite ? MetricValue.Of(squares == 0 ? 1 : 0)
        : MetricValue.Undefined(squares == 0 ? "the truth does not vary, and neither do the errors" : "the truth does not vary: minus infinity");

    MetricValue Mean(double sum) => _truth.Weight > 0 ? Finite(sum / _truth.Weight) : MetricValue.Undefined(NoRows);

    static MetricValue Finite(double value) => double.IsFinite(value) ? MetricValue.Of(value) : MetricValue.Undefined("a value is not a finite number");
}
