using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Comparing;

/// <summary>Two runs, paired by sample. A is the baseline; differences are B minus A.</summary>
public sealed record RunComparison
{
    /// <summary>The baseline.</summary>
    public required ComparedRun A { get; init; }

    /// <summary>The run held against it.</summary>
    public required ComparedRun B { get; init; }

    /// <summary>Worse when any whole task is; else better when any is; equivalent when all are; else undecided.</summary>
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>As asked.</summary>
    public required double Alpha { get; init; }

    /// <summary>As asked; null without one.</summary>
    public double? Margin { get; init; }

    /// <summary>So many tests of whole tasks were corrected together; those of other runs compared in one call are among them.</summary>
    public int Tests { get; init; }

    /// <summary>Every task, filter and metric.</summary>
    public ImmutableArray<ScoreDifference> Scores { get; init; } = [];

    /// <summary>The same by slice, the largest loss first.</summary>
    public ImmutableArray<ScoreDifference> Slices { get; init; } = [];

    /// <summary>seconds, input_tokens, output_tokens and cost of a sample, where both runs know them.</summary>
    public ImmutableArray<ScoreDifference> Costs { get; init; } = [];

    /// <summary>How the samples of each task were matched.</summary>
    public ImmutableArray<TaskPairing> Pairings { get; init; } = [];

    /// <summary>Samples whose score went from 0 to 1 or back: the losses first, then in the order of A's records.</summary>
    public ImmutableArray<Flip> Flips { get; init; } = [];

    /// <summary>What else differs: spec keys, seed, data, version, machine.</summary>
    public ImmutableArray<RunDifference> Differences { get; init; } = [];

    /// <summary>What a reader should know before believing the numbers.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>
    /// The differences as flat numbers: <c>metric/minus_baseline</c> of stage compare, under B's model. The p-value stands in the reason.
    /// </summary>
    public IEnumerable<Estimate> Estimates() => Scores.Concat(Slices).Concat(Costs).Select(score => new Estimate
    {
        Metric = $"{score.Metric}/minus_baseline",
        Definition = "score/minus_baseline",
        Value = score.Difference,
        Low = score.Low,
        High = score.High,
        Method = score.Method,
        N = score.N,
        Excluded = score.FailedA + score.FailedB,
        Stage = "compare",
        Task = score.Task,
        Model = score.ModelB,
        Filter = score.Filter,
        Slice = score.Slice,
        Unit = score.Unit,
        Reason = score.Reason ?? FormattableString.Invariant($"{(score.IsPaired ? "paired" : "unpaired")} with {A.Label}, {score.Test} p {score.P:0.####}, corrected {score.AdjustedP:0.####}"),
    });
}

/// <summary>A run as it stands in a comparison.</summary>
/// <param name="Label">How the user named it.</param>
/// <param name="Run">Its id; null for a file of records.</param>
/// <param name="Name">The spec's name; null for a file.</param>
/// <param name="Started">Null for a file.</param>
/// <param name="Samples">Distinct samples, over all its tasks.</param>
public sealed record ComparedRun(string Label, string? Run, string? Name, DateTimeOffset? Started, long Samples);

/// <summary>How the samples of one task were matched, by id and target.</summary>
/// <param name="Task">Null for a table.</param>
/// <param name="ModelA">A's model.</param>
/// <param name="ModelB">B's model.</param>
/// <param name="Filter">Null for a table.</param>
/// <param name="Pairs">In both runs.</param>
/// <param name="OnlyA">In A only.</param>
/// <param name="OnlyB">In B only.</param>
/// <param name="OtherTarget">The id is in both runs with different targets: not the same sample, and not paired.</param>
public sealed record TaskPairing(string? Task, string ModelA, string ModelB, string? Filter, long Pairs, long OnlyA, long OnlyB, long OtherTarget);

/// <summary>A sample that one run has right and the other not. Texts are cut at 200 characters.</summary>
public sealed record Flip(
    string? Task, string ModelA, string ModelB, string? Filter, string Metric, string Id, double A, double B, string? Target, string? AnswerA, string? AnswerB);

/// <summary>Something that is not the same in the two runs; null where one has none of it.</summary>
/// <param name="What">spec model.openai.model, seed, data, assay, environment cpu, ...</param>
/// <param name="A">As A has it.</param>
/// <param name="B">As B has it.</param>
public sealed record RunDifference(string What, string? A, string? B);
