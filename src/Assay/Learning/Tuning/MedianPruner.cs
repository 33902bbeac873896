using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>
/// Stops a trial whose best intermediate value is worse than the median of the completed trials' values at the same step; one without any
/// defined value is stopped too. Source: Optuna's MedianPruner.
/// </summary>
public sealed record MedianPruner : Pruner
{
    /// <summary>None is stopped before so many trials are completed. Default 5.</summary>
    public int StartupTrials { get; init; } = 5;

    /// <summary>None is stopped before this step. Default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Looks once in so many steps, counted from the warm-up. Default 1.</summary>
    public int IntervalSteps { get; init; } = 1;

    /// <summary>None is stopped at a step that fewer completed trials have reported. Default 1.</summary>
    public int MinTrials { get; init; } = 1;

    internal override bool Prunes(Direction direction, ArraySegment<Trial> known, List<IntermediateValue> own, List<double> rungs)
    {
        var completed = known.Where(trial => trial.State == TrialState.Completed).ToArray();
        var step = own[^1].Step;
        if (completed.Length == 0 || completed.Length < StartupTrials || step < WarmupSteps || !IsFirstOfInterval(step, own))
        {
            return false;
        }

        var sign = direction == Direction.Minimise ? 1 : -1;
        var defined = own.Where(value => !double.IsNaN(value.Value)).ToArray();
        if (defined.Length == 0)
        {
            return true;
        }

        var others = completed.SelectMany(trial => trial.Intermediates).Where(value => value.Step == step).Select(value => value.Value).ToArray();
        return others.Length >= MinTrials && Median(others) is { } median && defined.Min(value => sign * value.Value) > sign * median;
    }

    internal override JsonObject Describe() => new()
    {
        ["name"] = "median",
        ["startup_trials"] = StartupTrials,
        ["warmup_steps"] = WarmupSteps,
        ["interval_steps"] = IntervalSteps,
        ["min_trials"] = MinTrials,
    };

    internal override IEnumerable<string> Problems() =>
    [
        .. AtLeast(0, "The median pruner's startup_trials", StartupTrials),
        .. AtLeast(0, "The median pruner's warmup_steps", WarmupSteps),
        .. AtLeast(1, "The median pruner's interval_steps", IntervalSteps),
        .. AtLeast(1, "The median pruner's min_trials", MinTrials),
    ];

    bool IsFirstOfInterval(int step, List<IntermediateValue> own)
    {
        var start = ((step - WarmupSteps) / IntervalSteps * IntervalSteps) + WarmupSteps;
        return own.Count < 2 || own[^2].Step < start;
    }

    static double? Median(double[] values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
