using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Tuning;
using Assay.Metrics;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>What a search makes small or large: one number of a fold's test rows.</summary>
public static class FoldMetric
{
    /// <summary>By the names of docs/metrics.md.</summary>
    public static ImmutableArray<string> Known { get; } = ["log_loss", "brier", "accuracy", "balanced_accuracy", "mcc", "roc_auc"];

    /// <summary>Which values are better.</summary>
    public static Direction DirectionOf(string metric) => metric is "log_loss" or "brier" ? Direction.Minimise : Direction.Maximise;

    /// <summary>NaN where it is undefined.</summary>
    internal static double Of(string metric, ClassLabels labels, FoldResult fold)
    {
        var truth = fold.Split.Test.Select(row => labels.Codes[row]).ToArray();
        var classes = labels.Classes.Length;
        double[] wide = [.. fold.Probabilities.Select(probability => (double)probability)];
        var predictions = new ClassPredictions { Classes = labels.Classes, Truth = truth, Probabilities = fold.Probabilities };
        return (metric switch
        {
            "log_loss" => LogLoss.Mean(wide, classes, truth),
            "brier" => Brier.Mean(wide, classes, truth),
            "accuracy" => Classification.Accuracy(predictions.Confusion()),
            "balanced_accuracy" => Classification.BalancedAccuracy(predictions.Confusion()),
            "mcc" => Classification.Matthews(predictions.Confusion()),
            "roc_auc" when classes == 2 => RocAuc.Binary(predictions.Ranking()),
            "roc_auc" => RocAuc.OneVsRest(fold.Probabilities, classes, truth),
            _ => throw new ArgumentException($"There is no metric '{metric}' of a fold.", nameof(metric)),
        }).Value;
    }
}
