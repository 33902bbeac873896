namespace Assay.Running;

/// <summary>When a run of tasks may end before all samples were asked, without spoiling its figures.</summary>
public sealed record StopSpec
{
    /// <summary>What is to be decided.</summary>
    public required StopWhen When { get; init; }

    /// <summary>Of the always-valid intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Ends a task as well when the chance that all its samples would decide falls below this; null: never.</summary>
    public double? Futility { get; init; }
}

/// <summary>What a run that may end early is to decide.</summary>
public enum StopWhen
{
    /// <summary>Whether the gates on the task's scores hold.</summary>
    Gates,

    /// <summary>Whether the model is better or worse than the baseline, or equivalent within its margin.</summary>
    Comparison,
}
