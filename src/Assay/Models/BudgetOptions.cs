namespace Assay.Models;

/// <summary>What a run may use of its services, all models together; null is without bound.</summary>
public sealed record BudgetOptions
{
    /// <summary>Calls, repetitions counted.</summary>
    public long? Requests { get; init; }

    /// <summary>Tokens of prompts and answers.</summary>
    public long? Tokens { get; init; }

    /// <summary>From the start of the run.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>By the prices of the models, in US dollars.</summary>
    public double? CostUsd { get; init; }

    internal bool IsBounded => Requests is not null || Tokens is not null || Time is not null || CostUsd is not null;
}
