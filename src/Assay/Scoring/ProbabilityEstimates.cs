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
        if (predictions.Classes.Length == 2)
        {
            var (scores, positives) = predictions.Against(predictions.Positive);
            return ClassificationEstimates.Make("roc_auc", Metrics.RocAuc.Binary(scores, positives), DeLong.Interval(scores, positives), predictions);
        }

        var ranking = new OneVersusRestRanking(predictions.Probabilities, predictions.Classes.Length, predictions.Truth);
        var interval = Bootstrap.Bca(predictions.N, rows => Reweighted(ranking, rows, predictions.N), Resampling(predictions, options), cancellationToken);
        var auc = Absent(predictions) is { } absent
            ? MetricValue.Undefined($"class '{absent}' has no row in the truth")
            : ranking.Auc();
        return ClassificationEstimates.Make("roc_auc/ovr", auc, interval, predictions);
    }

    public static Estimate LogLoss(string metric, double epsilon, ClassPredictions predictions)
    {
        var losses = new double[predictions.N];
        Metrics.LogLoss.PerRow(predictions.Probabilities, predictions.Classes.Length, predictions.Truth, losses, epsilon);
        return OfMean(metric, losses, predictions);
    }

    public static Estimate Brier(ClassPredictions predictions)
    {
        var scores = new double[predictions.N];
        Metrics.Brier.PerRow(predictions.Probabilities, predictions.Classes.Length, predictions.Truth, scores);
        return OfMean("brier", scores, predictions);
    }

    public static Estimate ExpectedCalibrationError(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var (confidences, outcomes) = predictions.Confidences();
        var interval = Bootstrap.Bca(
            predictions.N,
            rows => Calibration.ExpectedErrorOf(rows, confidences, outcomes).Value,
            Resampling(predictions, options),
            cancellationToken);
        return ClassificationEstimates.Make("ece", Calibration.ExpectedError(confidences, outcomes), interval, predictions);
    }

    static Estimate OfMean(string metric, double[] values, ClassPredictions predictions) => ClassificationEstimates.Make(
        metric,
        values.Length == 0 ? MetricValue.Undefined("there are no rows to score") : MetricValue.Of(values.Sum() / values.Length),
        MeanInterval.StudentT(values),
        predictions);

    static double Reweighted(OneVersusRestRanking ranking, ReadOnlySpan<int> rows, int n)
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
