using System.Collections.Immutable;

namespace Assay.Results;

/// <summary>A stored run without its records.</summary>
/// <param name="Header">As it was begun.</param>
/// <param name="State">Of now: a run whose writer is gone without completing reads as interrupted.</param>
/// <param name="Ended">UTC; null while running and when interrupted.</param>
/// <param name="Verdict">pass, fail or incomplete; null without a verdict.</param>
/// <param name="RecordCount">Distinct records on disk.</param>
public sealed record RunSummary(RunHeader Header, RunState State, DateTimeOffset? Ended, string? Verdict, long RecordCount)
{
    /// <summary>Names of the models its records are of, in the order they first came.</summary>
    public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>Names of the tasks its records are of, in the order they first came; none of a table.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>What users called it, in the order of the alphabet.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>
    /// US dollars: the sum over its records, where the records of one sample under several filters are of one call and count once. Null without
    /// prices, and until the run is completed.
    /// </summary>
    public double? Cost { get; init; }

    /// <summary>The figure a list of runs shows; null until the run is completed, or where it has none.</summary>
    public MainScore? MainScore { get; init; }
}

/// <summary>The first figure of a report.</summary>
/// <param name="Metric">Its metric.</param>
/// <param name="Value">Its value.</param>
/// <param name="Low">Lower end of its interval; null without one.</param>
/// <param name="High">Upper end.</param>
/// <param name="Task">The task; null for a table.</param>
/// <param name="Model">The model.</param>
public sealed record MainScore(string Metric, double Value, double? Low, double? High, string? Task, string? Model);

/// <summary>A stored run with what is needed to read it all.</summary>
/// <param name="Summary">Its header and state.</param>
/// <param name="ReportJson">The report as it was written; null until the run completes, or where it made none.</param>
/// <param name="Records">
/// In the order they were first appended; read from the store anew, and streamed, each time it is enumerated.
/// </param>
public sealed record StoredRun(RunSummary Summary, string? ReportJson, IAsyncEnumerable<Record> Records)
{
    /// <summary>
    /// The same records without input, output, reasoning and probabilities (all null): what figures and comparisons need, read several times faster.
    /// </summary>
    public IAsyncEnumerable<Record> Scores { get; init; } = Records;
}

/// <summary>How a run ended.</summary>
/// <param name="State">Done, cancelled or failed.</param>
/// <param name="Verdict">pass, fail or incomplete; null without a verdict.</param>
/// <param name="Ended">When; stored in UTC to the tick.</param>
/// <param name="ReportJson">The report as one JSON document, kept as it is; null where there is none.</param>
public sealed record RunCompletion(RunState State, string? Verdict, DateTimeOffset Ended, string? ReportJson)
{
    /// <summary>The figure that lists of runs show; null for none.</summary>
    public MainScore? MainScore { get; init; }
}
