using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Assay.Comparing;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Reporting;

/// <summary>
/// What came of a run. Immutable and complete: every writer, the terminal's table and the dashboard read only this. Figures that
/// two runs of one spec and seed do not share are times, rates, memory and the run's id.
/// </summary>
public sealed record Report
{
    /// <summary>The <see cref="SchemaVersion"/> of reports that this version makes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of Assay that made it.</summary>
    [JsonPropertyOrder(-9)]
    public required string Assay { get; init; }

    /// <summary>Of the JSON: rises when a key changes its meaning or goes; new keys come without it. See docs/report-schema.md.</summary>
    [JsonPropertyOrder(-9)]
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>The command that made it: run, quickstart.</summary>
    [JsonPropertyOrder(-8)]
    public required string Command { get; init; }

    /// <summary>The run's id.</summary>
    [JsonPropertyOrder(-7)]
    public required string Run { get; init; }

    /// <summary>The spec's name.</summary>
    [JsonPropertyOrder(-6)]
    public required string Name { get; init; }

    /// <summary>pass, fail or incomplete.</summary>
    [JsonPropertyOrder(-5)]
    public required Verdict Verdict { get; init; }

    /// <summary>One sentence: why the verdict is what it is.</summary>
    [JsonPropertyOrder(-4)]
    public required string VerdictReason { get; init; }

    /// <summary>Everything random was drawn from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Wall-clock seconds of the whole run.</summary>
    public required double Seconds { get; init; }

    /// <summary>Where it ran.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>In the order they ran; one that was asked for and not finished is here with its state.</summary>
    public required ImmutableArray<StageSection> Stages { get; init; }

    /// <summary>The spec's conditions and whether they hold.</summary>
    public ImmutableArray<GateSection> Gates { get; init; } = [];

    /// <summary>Sentences a reader should not miss, most important first.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Every number, flat.</summary>
    public ImmutableArray<Estimate> Estimates { get; init; } = [];

    /// <summary>The table; null for language models.</summary>
    public DataSection? Data { get; init; }

    /// <summary>The trained model; null where none was trained.</summary>
    public TrainingSection? Training { get; init; }

    /// <summary>The evaluation in process; null where none was made.</summary>
    public EvaluationSection? Evaluation { get; init; }

    /// <summary>One per target of numbers: how far off the model is; empty for classes.</summary>
    public ImmutableArray<ResidualSection> Residuals { get; init; } = [];

    /// <summary>The model beside one that looks at no feature; null where none was made.</summary>
    public BaselineSection? Baseline { get; init; }

    /// <summary>What the model relies on; null where it was not asked for.</summary>
    public ImportanceSection? Importance { get; init; }

    /// <summary>The score over the number of training rows; null where it was not asked for.</summary>
    public LearningCurveSection? LearningCurve { get; init; }

    /// <summary>The evaluation through the network; null where none was made.</summary>
    public ServiceSection? Service { get; init; }

    /// <summary>One per load profile.</summary>
    public ImmutableArray<LoadSection> Loads { get; init; } = [];

    /// <summary>Parts of the data, weaknesses first.</summary>
    public ImmutableArray<SliceSection> Slices { get; init; } = [];

    /// <summary>The search over hyper-parameters; null where none was made.</summary>
    public OptimiseSection? Optimise { get; init; }

    /// <summary>One per task, model and filter.</summary>
    public ImmutableArray<TaskSection> Tasks { get; init; } = [];

    /// <summary>What each service of language models was found to be able to do before it was relied on.</summary>
    public ImmutableArray<ServiceCapability> Capabilities { get; init; } = [];

    /// <summary>The tasks that might end early, and whether they did; empty without <c>stop</c>.</summary>
    public ImmutableArray<StopSection> Stops { get; init; } = [];

    /// <summary>This run against others, the spec's baseline; or what <c>assay compare</c> was asked for.</summary>
    public ImmutableArray<RunComparison> Comparisons { get; init; } = [];
}

/// <summary>What the gates and the stages say together.</summary>
public enum Verdict
{
    /// <summary>Every stage was done and every gate holds.</summary>
    Pass,

    /// <summary>A gate does not hold.</summary>
    Fail,

    /// <summary>Not everything that was asked for was done.</summary>
    Incomplete,
}

/// <summary>The machine and the software of a run.</summary>
public sealed record RunEnvironment(string Os, string Cpu, int Cores, string Runtime);

/// <summary>One stage of the run.</summary>
/// <param name="Name">prepare, split, train, ...</param>
/// <param name="State">done, cancelled or failed.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="Summary">One line: what came of it.</param>
public sealed record StageSection(string Name, string State, double Seconds, string Summary);

/// <summary>A condition and what it was held against.</summary>
/// <param name="Condition">As written in the spec.</param>
/// <param name="Value">The number on its left; null when undefined or not measured.</param>
/// <param name="Holds">False also when the value is missing.</param>
/// <param name="Reason">Why it does not hold, when that is not plain from the value.</param>
public sealed record GateSection(string Condition, double? Value, bool Holds, string? Reason);

/// <summary>A task that might end before all its samples were asked.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Model">The model's name.</param>
/// <param name="State">decided, futile or all samples.</param>
/// <param name="Asked">Samples in the figures.</param>
/// <param name="Total">Samples there are.</param>
/// <param name="SavedCost">US dollars that the others would have cost, by the mean of those asked; null without prices, or when none were saved.</param>
/// <param name="Reason">One sentence: why it ended where it did.</param>
public sealed record StopSection(string Task, string Model, string State, long Asked, long Total, double? SavedCost, string Reason);

/// <summary>A sentence for the reader.</summary>
/// <param name="Kind">weakness, strength, warning or advice.</param>
/// <param name="Text">With the numbers it stands on.</param>
public sealed record Finding(string Kind, string Text);
