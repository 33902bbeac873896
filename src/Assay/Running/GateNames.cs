using System.Collections.Immutable;

namespace Assay.Running;

/// <summary>The metrics that a spec can bring forth, so that a misspelt gate is found before the run and not after it.</summary>
static class GateNames
{
    static readonly string[] _load =
    [
        "latency/p50", "latency/p90", "latency/p99", "latency/mean", "service_time/p50", "service_time/p99", "schedule_delay/p99",
        "request_rate", "goodput", "goodput/share", "error_rate", "cpu_seconds/per_1000", "memory/peak",
        "requests/sent", "requests/ok", "requests/failed", "requests/error", "requests/timeout", "requests/truncated", "requests/never_sent",
    ];

    static readonly string[] _task = ["samples/wrong_format", "samples/refused", "samples/truncated", "samples/error", "samples/timeout", "samples/never_sent"];

    /// <summary>All of them, with slashes.</summary>
    public static ImmutableArray<string> Of(Spec spec)
    {
        var averages = spec.Metrics.Where(metric => metric is "precision" or "recall" or "f1").SelectMany(metric => new[] { $"{metric}/macro", $"{metric}/weighted" });
        string[] table = spec.Data is null ? [] : [.. spec.Metrics, .. averages, "roc_auc/ovr"];
        string[] folds = spec.Method is { Folds: null, TimeSeries: null } ? [] : [.. table.Select(metric => $"{metric}/fold_mean")];
        string[] service = spec.Serve ? ["parity/largest_difference", "parity/different_labels"] : [];
        var tasks = spec.Tasks.SelectMany(task => task.Metrics.SelectMany(metric => new[] { metric.Name, $"{metric.Name}/answered" }));
        return [.. table, .. folds, .. service, .. spec.Loads.IsEmpty ? [] : _load, .. tasks, .. spec.Tasks.IsEmpty ? [] : _task];
    }

    /// <summary>What is wrong with the gate's metric, or null.</summary>
    public static string? Problem(Gate gate, ImmutableArray<string> known) =>
        known.Any(name => Gate.Spelling(name) == Gate.Spelling(gate.Metric))
            ? null
            : $"gate '{gate.Condition}' names '{gate.Metric}', which this spec does not measure.{NearestName.Hint(gate.Metric, known)} It measures: {string.Join(", ", known)}.";
}
