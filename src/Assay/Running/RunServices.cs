using Assay.Learning;
using Assay.Load;
using Assay.Reporting;
using Assay.Results;

namespace Assay.Running;

/// <summary>What a run takes from outside: the clock, the store, a host for models, and where progress goes.</summary>
public sealed record RunServices
{
    /// <summary>The only clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The command as it stands in reports and in the store.</summary>
    public string Command { get; init; } = "run";

    /// <summary>Where runs are kept; null keeps nothing.</summary>
    public IRunStore? Store { get; init; }

    /// <summary>Serves trained models; null where a spec with <c>serve</c> cannot be run.</summary>
    public IModelHost? Host { get; init; }

    /// <summary>Every record as it is made, beside the store; null for nobody.</summary>
    public Action<Record>? OnRecord { get; init; }

    /// <summary>Every load as it is done, by the name of its profile; null for nobody.</summary>
    public Action<string, LoadResult>? OnLoad { get; init; }

    /// <summary>Makes the load of the profile of this index in other processes; null makes it in this one.</summary>
    public Func<int, LoadOptions, IProgress<LoadProgress>, CancellationToken, Task<LoadResult>>? LoadElsewhere { get; init; }

    /// <summary>Gets a line at the start of each stage and as it goes on.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Where the study of a spec with <c>optimise</c> keeps its journal, and goes on from it; null keeps none.</summary>
    public string? StudyJournal { get; init; }

    /// <summary>Threads for independent fits. The result does not depend on it.</summary>
    public int Workers { get; init; } = System.Environment.ProcessorCount;

    /// <summary>Keeps every finished fit, so that a run that was killed goes on where it was; null keeps none.</summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>The stored run to go on with: what it has an answer for is not asked again. Null begins a new run.</summary>
    public string? ResumeRun { get; init; }

    /// <summary>Folder that keeps the answers of services and gives them again, also to other runs; null keeps none.</summary>
    public string? Cache { get; init; }

    /// <summary>Folder for logs of tasks in the form of lm-evaluation-harness, its results and samples files for each model; null writes none.</summary>
    public string? HarnessFolder { get; init; }

    /// <summary>Written into the report.</summary>
    public RunEnvironment Environment { get; init; } = Machine.Describe();
}

/// <summary>How far a stage is.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Text">What it is doing.</param>
/// <param name="Share">From 0 to 1; null when not known.</param>
public sealed record RunProgress(string Stage, string Text, double? Share);
