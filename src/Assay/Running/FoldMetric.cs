using System.Collections.Immutable;
using Assay.Learning;
using Assay.Learning.Tuning;
using Assay.Metrics;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>What a search makes small or large: one number of a fold's test rows.</summary>
public static class FoldMetric
{
    /// <summary>By the names of docs/metrics.md.</summary>
    public static ImmutableArray<string> Known { get; } = ["log_loss", "brier", "accuracy", "balanced_accuracy", "mcc", "roc_auc", "mae", "rmse", "r2"];

    /// <summary>Which values are better.</summary>
    public static Direction DirectionOf(string metric) => metric is "log_loss" or "brier" or "mae" or "rmse" ? Direction.Minimise : Direction.Maximise;

    /// <summary>NaN where it is undefined.</summary>
    internal static double Of(string metric, TargetValues target, FoldResult fold) =>
        target.Kind == TargetKind.Classes ? OfClasses(metric, target, fold) : target.Columns.Select((_, column) => OfNumbers(metric, target, fold, column)).Average();

    /// <summary>Why the metric cannot judge such a target, or null.</summary>
    internal static string? Problem(string metric, TargetKind kind)
    {
        var ofNumbers = metric is "mae" or "rmse" or "r2";
        return ofNumbers == (kind == TargetKind.Numbers) ? null
            : $"'optimise' searches by '{metric}', which is of {(ofNumbers ? "numbers" : "classes")}, and the target holds {kind.ToString().ToLowerInvariant()}. "
                + $"Name one of: {(ofNumbers ? "log_loss, brier, accuracy, balanced_accuracy, mcc, roc_auc" : "mae, rmse, r2")}.";
    }

    static double OfNumbers(string metric, TargetValues target, FoldResult fold, int column)
    {
        var (test, width) = (fold.Split.Test, target.Columns.Length);
        var summary = RegressionSummary.Of(
            Array.ConvertAll(test, row => target.Numbers[column][row]), [.. Enumerable.Range(0, test.Length).Select(i => (double)fold.Predictions[(i * width) + column])]);
        return (metric switch
        {
            "mae" => summary.MeanAbsoluteError,
            "rmse" => summary.RootMeanSquaredError,
            "r2" => summary.R2(),
            _ => throw new ArgumentException($"There is no metric '{metric}' of a fold of numbers.", nameof(metric)),
        }).Value;
    }

    static double OfClasses(string metric, TargetValues labels, FoldResult fold)
    {
        var truth = fold.Split.Test.Select(row => labels.Codes[row]).ToArray();
        var classes = labels.Classes.Length;
        double[] wide = [.. fold.Predictions.Select(probability => (double)probability)];
        var predictions = new ClassPredictions { Classes = labels.Classes, Truth = truth, Probabilities = fold.Predictions };
        return (metric switch
        {
            "log_loss" => LogLoss.Mean(wide, classes, truth),
            "brier" => Brier.Mean(wide, classes, truth),
            "accuracy" => Classification.Accuracy(predictions.Confusion()),
            "balanced_accuracy" => Classification.BalancedAccuracy(predictions.Confusion()),
            "mcc" => Classification.Matthews(predictions.Confusion()),
            "roc_auc" when classes == 2 => RocAuc.Binary(predictions.Ranking()),
            "roc_auc" => RocAuc.OneVsRest(fold.Predictions, classes, truth),
            _ => throw new ArgumentException($"There is no metric '{metric}' of a fold.", nameof(metric)),
        }).Value;
    }
}
