using System.Collections.Immutable;
using System.Security.Cryptography;
using Assay.Models;
using Assay.Reporting;
using Assay.Results;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Collects what the stages of one run bring, whole or cut short, and makes the report of it. Not thread-safe.</summary>
sealed class ReportBuilder(Spec spec, RunServices services, string run)
{
    static readonly string[] _findingOrder = ["warning", "weakness", "advice", "strength"];

    readonly long _startedAt = services.Time.GetTimestamp();
    readonly List<StageSection> _stages = [];
    readonly List<Estimate> _estimates = [];
    readonly List<Finding> _findings = [];
    readonly List<LoadSection> _loads = [];
    readonly List<TaskSection> _tasks = [];
    readonly List<ServiceCapability> _capabilities = [];

    readonly RunTotals _totals = new();
    readonly List<SequentialTask> _watched = [];

    string? _short;

    public string Run => run;

    /// <summary>SHA-256 of the table's file, lower-case hex; null without a table.</summary>
    public string? DataHash { get; } = spec.Data is { } data ? Sha256Of(data.FullPath) : null;

    public DateTimeOffset Started { get; } = services.Time.GetUtcNow();

    public DataSection? Data { get; set; }

    public TrainingSection? Training { get; set; }

    public EvaluationSection? Evaluation { get; set; }

    public ImmutableArray<ResidualSection> Residuals { get; set; } = [];

    public BaselineSection? Baseline { get; set; }

    public ImportanceSection? Importance { get; set; }

    public LearningCurveSection? LearningCurve { get; set; }

    public ServiceSection? Service { get; set; }

    public ImmutableArray<SliceSection> Slices { get; set; } = [];

    public OptimiseSection? Optimise { get; set; }

    /// <summary>The stored run to compare with; null where the spec names none.</summary>
    public StoredBaseline? Against { get; set; }

    public IReadOnlyList<Estimate> Estimates => _estimates;

    /// <summary>Takes up what became of a task that might end early; null: it might not.</summary>
    public void Watched(SequentialTask? task)
    {
        if (task is not null)
        {
            _watched.Add(task);
        }
    }

    /// <summary>Records are wanted: for totals, or to compare with the baseline.</summary>
    public bool IsHeard => !spec.Gates.IsEmpty || spec.Stop is not null || Against is not null;

    /// <summary>Takes up a record that is in the figures.</summary>
    public void Saw(Record record)
    {
        _totals.Add(record);
        Against?.Add(record);
    }

    public void Add(IEnumerable<Estimate> estimates) => _estimates.AddRange(estimates);

    public void Add(LoadSection load) => _loads.Add(load);

    public void Add(IEnumerable<ServiceCapability> capabilities) => _capabilities.AddRange(capabilities);

    public void Add(TaskSection task) => _tasks.Add(task);

    public void Find(string kind, string text) => _findings.Add(new Finding(kind, text));

    /// <summary>All stages are done, and yet the run says too little.</summary>
    public void IsShort(string reason)
    {
        _short ??= reason;
        Find("warning", reason);
    }

    /// <summary>Whether nothing is to be added by going on with the run.</summary>
    public bool IsWhole => _short is null;

    /// <summary>Runs a stage, times it and keeps how it ended; what it throws goes on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">Does it.</param>
    /// <param name="summarize">One line on what came of it.</param>
    public async Task<T> StageAsync<T>(string name, Func<Task<T>> work, Func<T, string> summarize)
    {
        services.Progress?.Report(new RunProgress(name, "", null));
        var start = services.Time.GetTimestamp();
        try
        {
            var result = await work().ConfigureAwait(false);
            Keep("done", summarize(result));
            return result;
        }
        catch (OperationCanceledException)
        {
            Keep("cancelled", "ended by the user");
            throw;
        }
        catch (Exception e)
        {
            Keep("failed", e.Message);
            throw;
        }

        void Keep(string state, string summary)
        {
            _stages.Add(new StageSection(name, state, services.Time.GetElapsedTime(start).TotalSeconds, summary));
        }
    }

    public Report Build()
    {
        var unfinished = _stages.FirstOrDefault(stage => stage.State != "done");
        var seconds = services.Time.GetElapsedTime(_startedAt).TotalSeconds;
        var comparison = Against?.Compare(row => _watched.Aggregate(row, (told, task) => task.Adjust(told)));
        var stops = _watched.Select(task => task.Describe(_totals.CostOfSample)).ToImmutableArray();
        Estimate[] estimates = [.. _estimates, .. comparison?.Estimates() ?? []];
        var gates = GateJudgement.Of(spec, [.. estimates, .. _totals.Estimates(seconds)], Baseline?.Model, Against, comparison);
        var findings = _findings.Concat(GateJudgement.Findings(spec, Against, comparison));
        var (verdict, reason) = (unfinished, gates.Count(gate => !gate.Holds)) switch
        {
            ({ } stage, _) => (Verdict.Incomplete, $"stage '{stage.Name}' was {stage.State}: {stage.Summary}"),
            _ when _short is not null => (Verdict.Incomplete, _short),
            (_, > 0 and var broken) => (Verdict.Fail, $"{broken} of {gates.Length} gates {(broken == 1 ? "does" : "do")} not hold"),
            _ when gates.IsEmpty => (Verdict.Pass, "every stage was done; the spec has no gates"),
            _ => (Verdict.Pass, $"every stage was done and {(gates.Length == 1 ? "the gate holds" : $"all {gates.Length} gates hold")}"),
        };
        return new Report
        {
            Assay = AssayVersion.Text,
            Command = services.Command,
            Run = run,
            Name = spec.Name,
            Verdict = verdict,
            VerdictReason = reason,
            Seed = spec.Seed,
            Started = Started,
            Seconds = seconds,
            Environment = services.Environment,
            Stages = [.. _stages],
            Gates = gates,
            Findings = [.. findings.OrderBy(finding => Array.IndexOf(_findingOrder, finding.Kind))],
            Estimates = [.. estimates],
            Data = Data,
            Training = Training,
            Evaluation = Evaluation,
            Residuals = Residuals,
            Baseline = Baseline,
            Importance = Importance,
            LearningCurve = LearningCurve,
            Service = Service,
            Loads = [.. _loads],
            Slices = Slices,
            Optimise = Optimise,
            Tasks = [.. _tasks],
            Capabilities = [.. _capabilities],
            Stops = stops,
            Comparisons = comparison is null ? [] : [comparison],
        };
    }

    static string Sha256Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
