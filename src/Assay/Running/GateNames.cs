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

    static readonly string[] _task = ["samples/coverage", "samples/wrong_format", "samples/refused", "samples/truncated", "samples/error", "samples/timeout", "samples/never_sent"];

    static readonly string[] _run = ["seconds", "cost", "tokens", "tokens/input", "tokens/output"];

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
        string[] compared = has.Contains("baseline") ? [.. table.Concat(metrics).Select(name => $"{name}/minus_baseline")] : [];
        return [.. _run, .. compared, .. table, .. folds, .. baseline, .. service, .. has.Contains("load") ? _load : [], .. tasks];
    }

    /// <summary>What is wrong with the gate's metrics, or null.</summary>
    public static string? Problem(Gate gate, Spec spec, ImmutableArray<string> known)
    {
        if (gate.NeedsBaseline && spec.Baseline is null)
        {
            return $"gate '{gate.Condition}' needs a baseline, and the spec names none. Add 'baseline: last', or a run's id.";
        }

        if (spec.Baseline is { Margin: null } && Gate.Parts(gate.Expression).Any(part => part is GateAgainstBaseline { IsBetter: false, Margin: null }))
        {
            return $"gate '{gate.Condition}' does not say by how much. Add 'by 0.02', or 'baseline: {{run: {spec.Baseline.Run}, margin: 0.02}}': that a model is not worse at all, no number of samples shows.";
        }

        return gate.Metrics.FirstOrDefault(metric => !known.Any(name => Gate.Spelling(name) == Gate.Spelling(metric))) is { } unknown
            ? $"gate '{gate.Condition}' names '{unknown}', which this spec does not measure.{NearestName.Hint(unknown, known)} It measures: {string.Join(", ", known)}."
            : null;
    }
}
