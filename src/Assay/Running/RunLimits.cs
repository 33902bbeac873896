using Assay.Models;

namespace Assay.Running;

/// <summary>How services are asked, and when a run ends early.</summary>
public sealed record RunLimits
{
    /// <summary>True: the concurrency of a service follows what it bears, beginning at <see cref="Spec.Concurrency"/>.</summary>
    public bool Adaptive { get; init; }

    /// <summary>What may be used.</summary>
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>Further attempts after a failure that can pass. Default 10.</summary>
    public int Retries { get; init; } = new RetryOptions().Retries;

    /// <summary>So many failed requests in a row, each with all its attempts, end the run. Default 16.</summary>
    public int Failures { get; init; } = 16;

    /// <summary>The share of a task's samples that need an answer, from 0 to 1; with fewer the run is incomplete. Default 0.9.</summary>
    public double Coverage { get; init; } = 0.9;
}
