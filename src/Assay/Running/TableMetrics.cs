using System.Collections.Immutable;
using Assay.Learning;
using Assay.Scoring;

namespace Assay.Running;

/// <summary>The metrics of a table, by what its target holds.</summary>
static class TableMetrics
{
    static readonly ImmutableArray<string> _classes = ["accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "loss"];
    static readonly ImmutableArray<string> _numbers = ["mae", "rmse", "r2", "medae", "mean_error"];

    /// <summary>Every name that a spec may ask for.</summary>
    public static ImmutableArray<string> Known { get; } = [.. ClassificationEstimates.Known, .. RegressionEstimates.Known];

    /// <summary>What a spec asks for, or the default.</summary>
    /// <exception cref="UserErrorException">A metric is of the other kind of target.</exception>
    public static ImmutableArray<string> Of(Spec spec, TargetKind kind)
    {
        var (known, fallback, what) = kind == TargetKind.Classes
            ? (ClassificationEstimates.Known, _classes, "classes")
            : (RegressionEstimates.Known, _numbers, "numbers");
        if (spec.Metrics.IsEmpty)
        {
            return fallback;
        }

        return spec.Metrics.FirstOrDefault(metric => !known.Contains(metric)) is not { } odd ? spec.Metrics : throw new UserErrorException(
            $"'metrics' names '{odd}', and target '{spec.Data!.Target}' holds {what}. Metrics of {what}: {string.Join(", ", known)}. Name one of these, or set 'target_kind' in 'data'.");
    }

    /// <summary>What a gate may name before it is known what the target holds.</summary>
    public static IEnumerable<string> NamesOf(Spec spec)
    {
        var metrics = !spec.Metrics.IsEmpty ? spec.Metrics : spec.Data?.TargetKind switch
        {
            TargetKind.Classes => _classes,
            TargetKind.Numbers => _numbers,
            _ => [.. _classes, .. _numbers],
        };
        return metrics.SelectMany(metric => RegressionEstimates.Known.Contains(metric) ? [metric] : ClassificationEstimates.NamesOf(metric));
    }
}
