using System.Collections.Immutable;
using Assay.Models;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What a task under one model needs at its end: the scores, and of the samples themselves only the first wrong ones.</summary>
sealed class TaskTally(TaskDefinition task)
{
    // Enough to see what kind of mistake it is; all of them are in the records.
    const int WrongShown = 10;

    readonly Dictionary<string, List<AnswerSection>> _wrong = [];

    public int Samples { get; set; }

    public List<SampleScore> Scores { get; } = [];

    /// <summary>Of the first filter, the samples that are right or wrong, for slices.</summary>
    public List<(IReadOnlyDictionary<string, string> Tags, bool IsRight)> Judged { get; } = [];

    public int Failed { get; private set; }

    public string? FirstFailure { get; private set; }

    public void Add(Sample sample, SampleScore score)
    {
        Scores.Add(score);
        if (score.Scores.Count == 0)
        {
            Failed++;
            FirstFailure ??= score.Reason;
        }

        if (!task.Slices.IsEmpty && score.Filter == task.Filters[0].Name && score.Scores.TryGetValue(task.Metrics[0].Name, out var value) && value is 0 or 1)
        {
            Judged.Add((sample.Tags, value == 1));
        }

        var wrong = _wrong.TryGetValue(score.Filter, out var known) ? known : _wrong[score.Filter] = [];
        if (wrong.Count < WrongShown && IsWrong(score))
        {
            wrong.Add(new AnswerSection(sample.Id, sample.Targets.FirstOrDefault() ?? "", score.Answer));
        }
    }

    /// <summary>The share of samples that have an answer of the model, right, wrong or declined, and not a failure.</summary>
    public ImmutableArray<Estimate> Coverage(string model) => [.. Scores.GroupBy(score => score.Filter).Take(1).Select(scores => new Estimate
    {
        Metric = "samples/coverage",
        Definition = "samples/coverage",
        N = scores.Count(),
        Value = (double)scores.Count(IsAnswered) / scores.Count(),
        Reason = "a share of these samples, not an estimate",
        Stage = "evaluate",
        Task = task.Name,
        Model = model,
        Filter = scores.Key,
    })];

    // Of the truncated only those were filtered that are as long as they were allowed to be.
    static bool IsAnswered(SampleScore score) => score.Outcome is Outcome.Ok or Outcome.WrongFormat or Outcome.Refused || (score.Outcome == Outcome.Truncated && score.Answer is not null);

    /// <summary>One section per filter.</summary>
    public IEnumerable<TaskSection> Describe(string model) => Scores.GroupBy(score => score.Filter).Select(filter => new TaskSection(
        task.Name,
        model,
        filter.Key,
        Samples,
        filter.CountBy(score => OutcomeName.Of(score.Outcome)).ToImmutableSortedDictionary(pair => pair.Key, pair => (long)pair.Value),
        [.. _wrong[filter.Key]]));

    bool IsWrong(SampleScore score) => task.Metrics.Any(metric => metric.HigherIsBetter && score.Scores.GetValueOrDefault(metric.Name, 1) == 0);
}
