using System.Collections.Immutable;
using Assay.Models;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What a task under one model needs at its end: a few numbers a sample, and of the samples themselves only the first wrong ones.</summary>
sealed class TaskTally(TaskDefinition task)
{
    // Enough to see what kind of mistake it is; all of them are in the records.
    const int WrongShown = 10;

    readonly OrderedDictionary<string, OfFilter> _filters = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    public long Samples { get; private set; }

    public ScoreColumns Scores { get; } = [];

    /// <summary>Of the first filter: whether each judged sample is right.</summary>
    public List<bool> Right { get; } = [];

    /// <summary>The values of each slice column, of the same samples.</summary>
    public ImmutableArray<List<string?>> Tags { get; } = [.. task.Slices.Select(_ => new List<string?>())];

    public int Failed { get; private set; }

    public string? FirstFailure { get; private set; }

    /// <summary>The share of samples that have an answer of the model, right, wrong or declined, and not a failure; NaN before the first.</summary>
    public double Answered => _filters.Count == 0 ? double.NaN : (double)_filters.GetAt(0).Value.Answered / Scores.Filter(_filters.GetAt(0).Key).Count;

    public void Add(SampleAnswer answer)
    {
        Samples++;
        foreach (var score in answer.Scores)
        {
            Add(answer.Sample, score);
        }
    }

    void Add(Sample sample, SampleScore score)
    {
        Scores.Add(score);
        if (score.Scores.Count == 0)
        {
            Failed++;
            FirstFailure ??= score.Reason;
        }

        if (!_filters.TryGetValue(score.Filter, out var filter))
        {
            _filters[score.Filter] = filter = new OfFilter();
        }

        filter.Answered += IsAnswered(score) ? 1 : 0;
        if (filter.Wrong.Count < WrongShown && IsWrong(score))
        {
            filter.Wrong.Add(new AnswerSection(sample.Id, sample.Targets.FirstOrDefault() ?? "", score.Answer));
        }

        if (!task.Slices.IsEmpty && score.Filter == task.Filters[0].Name && score.Scores.TryGetValue(task.Metrics[0].Name, out var value) && value is 0 or 1)
        {
            AddSlices(sample, value == 1);
        }
    }

    public ImmutableArray<Estimate> Coverage(string model) => [.. _filters.Keys.Take(1).Select(filter => new Estimate
    {
        Metric = "samples/coverage",
        Definition = "samples/coverage",
        N = Scores.Filter(filter).Count,
        Value = Answered,
        Reason = "a share of these samples, not an estimate",
        Stage = "evaluate",
        Task = task.Name,
        Model = model,
        Filter = filter,
    })];

    /// <summary>One section per filter.</summary>
    public IEnumerable<TaskSection> Describe(string model) => _filters.Select(filter => new TaskSection(
        task.Name,
        model,
        filter.Key,
        Samples,
        Enum.GetValues<Outcome>().Where(outcome => Scores.Filter(filter.Key).CountOf(outcome) > 0)
            .ToImmutableSortedDictionary(OutcomeName.Of, outcome => (long)Scores.Filter(filter.Key).CountOf(outcome)),
        [.. filter.Value.Wrong]));

    // A tag is one text, however many samples have it.
    void AddSlices(Sample sample, bool isRight)
    {
        Right.Add(isRight);
        foreach (var (i, column) in task.Slices.Index())
        {
            Tags[i].Add(sample.Tags.TryGetValue(column, out var tag) ? _tags.TryGetValue(tag, out var known) ? known : _tags[tag] = tag : null);
        }
    }

    // Of the truncated only those were filtered that are as long as they were allowed to be.
    static bool IsAnswered(SampleScore score) => score.Outcome is Outcome.Ok or Outcome.WrongFormat or Outcome.Refused || (score.Outcome == Outcome.Truncated && score.Answer is not null);

    bool IsWrong(SampleScore score)
    {
        foreach (var metric in task.Metrics)
        {
            if (metric.HigherIsBetter && score.Scores.TryGetValue(metric.Name, out var value) && value == 0)
            {
                return true;
            }
        }

        return false;
    }

    sealed class OfFilter
    {
        public List<AnswerSection> Wrong { get; } = [];

        public int Answered { get; set; }
    }
}
