using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The metrics of a regression, each with its interval. Undefined ones are null with a reason; nothing here is NaN.</summary>
public static class RegressionEstimates
{
    const string NoInterval = "no interval: the resamples do not vary, or there are too few rows";

    static readonly Dictionary<string, Func<NumberPredictions, MetricValue>> _metrics = new()
    {
        ["mae"] = rows => Summary(rows).MeanAbsoluteError,
        ["mse"] = rows => Summary(rows).MeanSquaredError,
        ["rmse"] = rows => Summary(rows).RootMeanSquaredError,
        ["r2"] = rows => Summary(rows).R2(),
        ["explained_variance"] = rows => Summary(rows).ExplainedVariance(),
        ["correlation"] = rows => Summary(rows).Correlation,
        ["mean_error"] = rows => Summary(rows).MeanError,
        ["medae"] = rows => Regression.MedianAbsoluteError(rows.Truth, rows.Predicted, rows.Weights),
        ["max_error"] = rows => Summary(rows).MaxError,
        ["mape"] = rows => Summary(rows).MeanAbsolutePercentageError,
        ["smape"] = rows => Summary(rows).SymmetricMeanAbsolutePercentageError,
        ["msle"] = rows => Summary(rows).MeanSquaredLogError,
        ["d2_absolute"] = rows => Regression.D2Absolute(rows.Truth, rows.Predicted, rows.Weights),
        ["poisson_deviance"] = rows => Deviance.Poisson(rows.Truth, rows.Predicted, rows.Weights),
        ["gamma_deviance"] = rows => Deviance.Gamma(rows.Truth, rows.Predicted, rows.Weights),
        ["d2_poisson"] = rows => Deviance.D2Tweedie(rows.Truth, rows.Predicted, 1, rows.Weights),
        ["d2_gamma"] = rows => Deviance.D2Tweedie(rows.Truth, rows.Predicted, 2, rows.Weights),
    };

    /// <summary>The names that may be asked for.</summary>
    public static ImmutableArray<string> Known { get; } =
    [
        "mae", "mse", "rmse", "r2", "explained_variance", "correlation", "mean_error", "medae", "max_error", "mape", "smape", "msle",
        "d2_absolute", "poisson_deviance", "gamma_deviance", "d2_poisson", "d2_gamma",
    ];

    /// <summary>
    /// In the order asked for. Intervals are BCa bootstraps of the rows; of plain means (mae, mse, mean_error) Student's t. The largest error
    /// has none: a resample never exceeds it.
    /// </summary>
    /// <param name="predictions">What to score.</param>
    /// <param name="metrics">Of <see cref="Known"/>.</param>
    /// <param name="options">Seed and rounds.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">A metric is not known.</exception>
    public static ImmutableArray<Estimate> Compute(
        NumberPredictions predictions, IReadOnlyList<string> metrics, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(options);
        return [.. metrics.Select(metric => Of(metric, predictions, options, cancellationToken))];
    }

    /// <summary>The mean of each metric over several targets of the same rows, scikit-learn's 'uniform_average'; undefined where it is for one of them.</summary>
    /// <param name="targets">One or more, of as many rows.</param>
    /// <param name="metrics">Of <see cref="Known"/>.</param>
    /// <param name="options">Seed and rounds; every interval is a BCa bootstrap of the rows.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">A metric is not known.</exception>
    public static ImmutableArray<Estimate> ComputeMean(
        IReadOnlyList<NumberPredictions> targets, IReadOnlyList<string> metrics, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(options);
        return [.. metrics.Select(metric => MeanOf(metric, targets, options, cancellationToken))];
    }

    static Estimate MeanOf(string name, IReadOnlyList<NumberPredictions> targets, EstimateOptions options, CancellationToken cancellationToken)
    {
        var metric = Metric(name);
        var estimate = new Estimate { Metric = name, Definition = $"{name}/uniform_average", N = targets[0].RowCount, Excluded = targets[0].Excluded };
        var values = targets.Select(metric).ToList();
        if (values.FindIndex(value => !value.IsDefined) is >= 0 and var undefined)
        {
            return estimate with { Reason = values[undefined].Reason };
        }

        var mean = values.Average(value => value.Value);
        estimate = estimate with { Value = mean };
        var interval = name == "max_error" ? null : RowBootstrap.Bca(
            targets[0].Rows,
            targets[0].N,
            rows =>
            {
                var picked = rows.ToArray();
                return targets.Average(target => metric(target.Select(picked)).Value);
            },
            RowBootstrap.Resampling(targets[0].N, options),
            cancellationToken);
        return interval is { } found && double.IsFinite(found.Low) && double.IsFinite(found.High)
            ? estimate.With(found with { Low = Math.Min(found.Low, mean), High = Math.Max(found.High, mean) })
            : estimate with { Reason = NoInterval };
    }

    static Func<NumberPredictions, MetricValue> Metric(string name) => _metrics.GetValueOrDefault(name) ?? throw new UserErrorException(
        $"metrics: '{name}' is not a metric of a regression.{NearestName.Hint(name, Known)} Known: {string.Join(", ", Known)}.");

    static Estimate Of(string name, NumberPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var metric = Metric(name);
        var value = metric(predictions);
        var estimate = new Estimate { Metric = name, Definition = name, N = predictions.RowCount, Excluded = predictions.Excluded };
        if (!value.IsDefined)
        {
            return estimate with { Reason = value.Reason };
        }

        estimate = estimate with { Value = value.Value };
        if (name == "max_error")
        {
            return estimate with { Reason = "no interval: the largest error of a sample says little about that of others" };
        }

        return Interval(name, metric, predictions, options, cancellationToken) is { } found && double.IsFinite(found.Low) && double.IsFinite(found.High)
            ? estimate.With(found with { Low = Math.Min(found.Low, value.Value), High = Math.Max(found.High, value.Value) })
            : estimate with { Reason = NoInterval };
    }

    static Interval? Interval(
        string name, Func<NumberPredictions, MetricValue> metric, NumberPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if ((predictions.Weights is null || predictions.Rows is not null) && name is "mae" or "mse" or "mean_error")
        {
            var errors = predictions.Predicted.Zip(predictions.Truth, (predicted, truth) => predicted - truth);
            double[] terms = [.. name == "mae" ? errors.Select(Math.Abs) : name == "mse" ? errors.Select(error => error * error) : errors];
            return MeanInterval.StudentT(predictions.Rows is { } of ? RepeatedRows.Means(terms, of) : terms);
        }

        return RowBootstrap.Bca(
            predictions.Rows, predictions.N, rows => metric(predictions.Select(rows.ToArray())).Value, RowBootstrap.Resampling(predictions.N, options), cancellationToken);
    }

    static RegressionSummary Summary(NumberPredictions rows) => RegressionSummary.Of(rows.Truth, rows.Predicted, rows.Weights);
}
