using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The estimates that need only the order of scores or probabilities.</summary>
static class RankingEstimates
{
    public static Estimate RocAuc(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var ranking = predictions.Ranking();
        var interval = predictions.ArePlain
            ? DeLongInterval(predictions)
            : RowBootstrap.Interval(predictions, rows => Metrics.RocAuc.Binary(rows.Ranking()).Value, options, cancellationToken);
        return ClassificationEstimates.Make("roc_auc", Metrics.RocAuc.Binary(ranking), interval, predictions);
    }

    /// <summary>Average precision or the KS statistic: of the positive class of two; of more, average precision as the mean of each class against the rest.</summary>
    public static Estimate OfRanking(string metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (predictions.CanRank)
        {
            return Resampled(
                metric,
                rows => metric == "ks" ? KolmogorovSmirnov.Of(rows.Ranking()).Value : AveragePrecision.Of(rows.Ranking()),
                predictions,
                options,
                cancellationToken);
        }

        return predictions.Classes.Length == 2 || metric == "ks"
            ? ClassificationEstimates.Make(metric, MetricValue.Undefined(predictions.Classes.Length == 2 ? "there are neither scores nor probabilities" : "it is of two classes only"), null, predictions)
            : WithProbabilities($"{metric}/ovr", AveragePrecisionOverClasses, predictions, options, cancellationToken);
    }

    public static Estimate OneVsRest(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) => WithProbabilities(
        "roc_auc/ovr", rows => MulticlassAuc.OneVsRest(Wide(rows), rows.Classes.Length, rows.Truth, weights: rows.Weights), predictions, options, cancellationToken);

    public static Estimate OneVsOne(ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) => predictions.WeightDefect() is { } defect
        ? ClassificationEstimates.Make("roc_auc/ovo", MetricValue.Undefined(defect), null, predictions)
        : WithProbabilities("roc_auc/ovo", rows => MulticlassAuc.OneVsOne(Wide(rows), rows.Classes.Length, rows.Truth), predictions, options, cancellationToken);

    /// <summary>What the probabilities explain beyond the class shares.</summary>
    public static Estimate Explained(string metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) => WithProbabilities(
        metric,
        rows => metric == "d2_log_loss"
            ? ProbabilityD2.LogLoss(Wide(rows), rows.Classes.Length, rows.Truth, rows.Weights)
            : ProbabilityD2.Brier(Wide(rows), rows.Classes.Length, rows.Truth, rows.Weights),
        predictions,
        options,
        cancellationToken);

    public static Estimate TopK(string metric, int k, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (predictions.Probabilities.Length == 0)
        {
            return ClassificationEstimates.Make(metric, MetricValue.Undefined(predictions.N == 0 ? "there are no rows to score" : "there are no probabilities"), null, predictions);
        }

        var hits = new double[predictions.N];
        Metrics.TopK.PerRow(Wide(predictions), predictions.Classes.Length, predictions.Truth, k, hits);
        var interval = RowBootstrap.OfShare(hits, predictions, options, cancellationToken);
        return ClassificationEstimates.Make(metric, Regression.Mean(hits, predictions.Weights, hit => hit), interval, predictions);
    }

    static MetricValue AveragePrecisionOverClasses(ClassPredictions rows)
    {
        var sum = 0.0;
        for (var label = 0; label < rows.Classes.Length; label++)
        {
            var (scores, isClass) = rows.Against(label);
            var value = AveragePrecision.Of(ScoreSummary.Of(scores, isClass, rows.Weights));
            if (!value.IsDefined)
            {
                return MetricValue.Undefined($"class '{rows.Classes[label]}' against the rest: {value.Reason}");
            }

            sum += value.Value;
        }

        return MetricValue.Of(sum / rows.Classes.Length);
    }

    static Estimate WithProbabilities(
        string name, Func<ClassPredictions, MetricValue> metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken) =>
        predictions.Probabilities.Length == 0 && predictions.N > 0
            ? ClassificationEstimates.Make(name, MetricValue.Undefined("there are no probabilities"), null, predictions)
            : Resampled(name, metric, predictions, options, cancellationToken);

    static Estimate Resampled(
        string name, Func<ClassPredictions, MetricValue> metric, ClassPredictions predictions, EstimateOptions options, CancellationToken cancellationToken)
    {
        var value = metric(predictions);
        var interval = value.IsDefined ? RowBootstrap.Interval(predictions, rows => metric(rows).Value, options, cancellationToken) : null;
        return ClassificationEstimates.Make(name, value, interval, predictions);
    }

    static Interval? DeLongInterval(ClassPredictions predictions)
    {
        var isPositive = Array.ConvertAll(predictions.Truth, truth => truth == predictions.Positive);
        var scores = predictions.Scores is { } wide ? Array.ConvertAll(wide, score => (float)score) : predictions.Against(predictions.Positive).Scores;
        return DeLong.Interval(scores, isPositive);
    }

    static double[] Wide(ClassPredictions rows) => Array.ConvertAll(rows.Probabilities, probability => (double)probability);
}
