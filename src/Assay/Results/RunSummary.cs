namespace Assay.Results;

/// <summary>A stored run without its records.</summary>
/// <param name="Header">As it was begun.</param>
/// <param name="State">Of now: a run whose writer is gone without completing reads as interrupted.</param>
/// <param name="Ended">UTC; null while running and when interrupted.</param>
/// <param name="Verdict">pass, fail or incomplete; null without a verdict.</param>
/// <param name="RecordCount">Distinct records on disk.</param>
public sealed record RunSummary(RunHeader Header, RunState State, DateTimeOffset? Ended, string? Verdict, long RecordCount);

/// <summary>A stored run with what is needed to read it all.</summary>
/// <param name="Summary">Its header and state.</param>
/// <param name="ReportJson">The report as it was written; null until the run completes, or where it made none.</param>
/// <param name="Records">
/// In the order they were first appended; read from the store anew, and streamed, each time it is enumerated.
/// </param>
public sealed record StoredRun(RunSummary Summary, string? ReportJson, IAsyncEnumerable<Record> Records);

/// <summary>How a run ended.</summary>
/// <param name="State">Done, cancelled or failed.</param>
/// <param name="Verdict">pass, fail or incomplete; null without a verdict.</param>
/// <param name="Ended">When; stored in UTC to the tick.</param>
/// <param name="ReportJson">The report as one JSON document, kept as it is; null where there is none.</param>
public sealed record RunCompletion(RunState State, string? Verdict, DateTimeOffset Ended, string? ReportJson);
