using System.Collections.Immutable;

namespace Assay.Running;

/// <summary>The metrics that a spec can bring forth, so that a misspelt gate is found before the run and not after it.</summary>
static class GateNames
{
    static readonly string[] _times = ["latency", "service_time", "ttft", "service_ttft", "tpot", "ntpot", "gap", "first_event", "first_byte", "connect", "schedule_delay"];

    static readonly string[] _load =
    [
        .. _times.SelectMany(metric => new[] { "p50", "p90", "p95", "p99", "p99.9" }.Select(percent => $"{metric}/{percent}")), "latency/mean", "stall_rate",
        "token_rate", "input_token_rate", "cached_tokens/share", "request_rate", "goodput", "goodput/share", "goodput/tokens", "error_rate", "sessions", "fairness",
        "cpu_seconds/per_1000", "memory/peak",
        "requests/sent", "requests/ok", "requests/failed", "requests/error", "requests/timeout", "requests/truncated", "requests/refused", "requests/never_sent",
    ];

    static readonly string[] _task = ["samples/wrong_format", "samples/refused", "samples/truncated", "samples/error", "samples/timeout", "samples/never_sent"];

    /// <summary>All of them, with slashes.</summary>
    /// <param name="spec">As far as it could be read.</param>
    /// <param name="sections">The sections that it has, also those that could not be read: their gates are no second mistake.</param>
    public static ImmutableArray<string> Of(Spec spec, IEnumerable<string> sections)
    {
        var has = sections.ToHashSet(StringComparer.Ordinal);
        string[] table = has.Contains("data") ? [.. TableMetrics.NamesOf(spec)] : [];
        string[] baseline = has.Contains("data") && spec.Training.Baseline ? [.. Baseline.Names] : [];
        string[] folds = spec.Method is { Folds: null, TimeSeries: null } ? [] : [.. table.Select(metric => $"{metric}/fold_mean")];
        string[] service = has.Contains("serve") ? ["parity/largest_difference", "parity/different_labels", "parity/different_rows"] : [];
        var metrics = spec.Tasks.SelectMany(task => task.Metrics).Select(metric => metric.Name).Append("exact_match").Distinct();
        string[] tasks = has.Contains("tasks") ? [.. metrics.SelectMany(name => new[] { name, $"{name}/answered" }), .. _task] : [];
        return [.. table, .. folds, .. baseline, .. service, .. has.Contains("load") ? _load : [], .. tasks];
    }

    /// <summary>What is wrong with the gate's metric, or null.</summary>
    public static string? Problem(Gate gate, ImmutableArray<string> known) =>
        known.Any(name => Gate.Spelling(name) == Gate.Spelling(gate.Metric))
            ? null
            : $"gate '{gate.Condition}' names '{gate.Metric}', which this spec does not measure.{NearestName.Hint(gate.Metric, known)} It measures: {string.Join(", ", known)}.";
}
