using System.Buffers;
using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The estimates that need the probabilities.</summary>
static class ProbabilityEstimates
{
    // Row resampling touches every probability in every round; this many touches are seconds, not minutes.
    const long MostTouches = 200_000_000;
    const int FewestRounds = 200;

    public static Estimate RocAuc(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (predictions.CanRank)
        {
            return RankingEstimates.RocAuc(predictions, options, cancellationToken);
        }

        if (predictions.Probabilities.Length == 0 && predictions.N > 0)
        {
            return ClassificationEstimates.Make(
                predictions.Classes.Length == 2 ? "roc_auc" : "roc_auc/ovr", MetricValue.Undefined("there are neither scores nor probabilities"), null, predictions);
        }

        if (!predictions.ArePlain)
        {
            return RankingEstimates.OneVsRest(predictions, options, cancellationToken);
        }

        var ranking = new OneVsRestRanking(predictions.Probabilities, predictions.Classes.Length, predictions.Truth);
        var interval = Bootstrap.Bca(predictions.N, rows => Reweighted(ranking, rows, predictions.N), Resampling(predictions, options), cancellationToken);
        var auc = Absent(predictions) is { } absent
            ? MetricValue.Undefined($"class '{absent}' has no row in the truth")
            : ranking.Auc();
        return ClassificationEstimates.Make("roc_auc/ovr", auc, interval, predictions);
    }

    public static Estimate LogLoss(string metric, double epsilon, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) =>
        OfMean(metric, predictions, options, (rows, losses) => Metrics.LogLoss.PerRow(rows.Probabilities, rows.Classes.Length, rows.Truth, losses, epsilon), cancellationToken);

    public static Estimate Brier(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) =>
        OfMean("brier", predictions, options, (rows, scores) => Metrics.Brier.PerRow(rows.Probabilities, rows.Classes.Length, rows.Truth, scores), cancellationToken);

    public static Estimate ExpectedCalibrationError(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if ((predictions.ProbabilityDefect() ?? predictions.WeightDefect()) is { } defect)
        {
            return ClassificationEstimates.Make("ece", MetricValue.Undefined(defect), null, predictions);
        }

        var (confidences, outcomes) = predictions.Confidences();
        var residuals = new CalibrationResiduals(confidences, outcomes);
        var interval = RowBootstrap.Bca(predictions.Rows, predictions.N, residuals.ExpectedError, Resampling(predictions, options), cancellationToken);
        return ClassificationEstimates.Make("ece", Calibration.ExpectedError(confidences, outcomes), interval, predictions);
    }

    static Estimate OfMean(
        string metric, ClassPredictions predictions, EstimateOptions options, Action<ClassPredictions, double[]> perRow, CancellationToken cancellationToken)
    {
        if (predictions.ProbabilityDefect() is { } defect)
        {
            return ClassificationEstimates.Make(metric, MetricValue.Undefined(defect), null, predictions);
        }

        var values = new double[predictions.N];
        perRow(predictions, values);
        if (predictions.Rows is { } rows)
        {
            values = RepeatedRows.Means(values, rows);
        }
        else if (predictions.Weights is { } weights)
        {
            return ClassificationEstimates.Make(
                metric, Regression.Mean(values, weights, value => value), RowBootstrap.OfMean(values, weights, null, options, cancellationToken), predictions);
        }

        return ClassificationEstimates.Make(
            metric,
            values.Length == 0 ? MetricValue.Undefined("there are no rows to score") : MetricValue.Of(values.Sum() / values.Length),
            MeanInterval.StudentT(values),
            predictions);
    }

    static double Reweighted(OneVsRestRanking ranking, ReadOnlySpan<int> rows, int n)
    {
        var rented = ArrayPool<int>.Shared.Rent(n);
        var weights = rented.AsSpan(0, n);
        weights.Clear();
        foreach (var row in rows)
        {
            weights[row]++;
        }

        var auc = ranking.Auc(weights).Value;
        ArrayPool<int>.Shared.Return(rented);
        return auc;
    }

    static string? Absent(ClassPredictions predictions)
    {
        var present = new bool[predictions.Classes.Length];
        foreach (var label in predictions.Truth)
        {
            present[label] = true;
        }

        var absent = Array.IndexOf(present, false);
        return absent < 0 ? null : predictions.Classes[absent];
    }

    static BootstrapOptions Resampling(ClassPredictions predictions, EstimateOptions options) => new()
    {
        Seed = options.Seed,
        Rounds = (int)Math.Min(options.Rounds, Math.Max(FewestRounds, MostTouches / Math.Max(1, predictions.Probabilities.Length))),
    };
}
