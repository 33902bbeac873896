using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Results.Harness;

/// <summary>What a results file of lm-evaluation-harness says.</summary>
public sealed record HarnessResults
{
    /// <summary>The model's name; where the file has none, how it was asked.</summary>
    public required string Model { get; init; }

    /// <summary>How it was asked: <c>hf</c>, <c>local-completions</c>; null where the file does not tell.</summary>
    public string? Source { get; init; }

    /// <summary>When the run began, UTC; null where the file does not tell.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Task to the version of its file.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>In the order of the file, tasks before the groups they are in.</summary>
    public ImmutableArray<HarnessFigure> Figures { get; init; } = [];

    /// <summary>The figures as estimates. Their interval is value ± 1.96 of the harness' standard errors (<c>harness-stderr</c>), where it has one.</summary>
    public ImmutableArray<Estimate> Estimates() => [.. Figures.Select(figure => figure.ToEstimate(Model))];
}

/// <summary>One number of lm-evaluation-harness.</summary>
/// <param name="Task">The task or group.</param>
/// <param name="IsGroup">Whether it is a group.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Filter">Of the answers.</param>
/// <param name="Value">Null where the file has no number.</param>
/// <param name="StandardError">The harness' own; null where it has none.</param>
/// <param name="N">Samples; of a metric that only some have those of the last metric, as the harness counts.</param>
public sealed record HarnessFigure(string Task, bool IsGroup, string Metric, string Filter, double? Value, double? StandardError, long N)
{
    internal Estimate ToEstimate(string model)
    {
        const double Quantile = 1.959963984540054;
        var estimate = new Estimate
        {
            Metric = Metric,
            Definition = Metric,
            Value = Value,
            N = N,
            Stage = "evaluate",
            Task = Task,
            Model = model,
            Filter = Filter,
        };
        return (Value, StandardError) switch
        {
            ({ } value, { } error) => estimate.With(new Interval(value - (Quantile * error), value + (Quantile * error), "harness-stderr")),
            (null, _) => estimate with { Reason = "the log of lm-evaluation-harness has no number here" },
            _ => estimate with { Reason = "lm-evaluation-harness has no standard error of this metric" },
        };
    }
}
