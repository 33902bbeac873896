using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assay.Comparing;
using Assay.Reporting;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>
/// One task under one model, watched sample by sample until what the spec asks is decided. Samples come in a random order, drawn from
/// the seed: an interval of the first of a file says little of the rest.
/// </summary>
sealed class SequentialTask
{
    // Before that the variance is too little known to despair.
    const int LeastForFutility = 50;

    readonly StopSpec _stop;
    readonly Spec _spec;
    readonly TaskDefinition _task;
    readonly string _model;
    readonly RunScores? _baseline;
    readonly Dictionary<(string Filter, string Metric), Watched> _watched = [];
    readonly bool _isOpen;
    long _total;
    long _seen;
    string _state = "all samples";

    SequentialTask(Spec spec, TaskDefinition task, string model, RunScores? baseline)
    {
        (_spec, _stop, _task, _model, _baseline) = (spec, spec.Stop!, task, model, baseline);
        foreach (var (filter, metric) in task.Filters.SelectMany(filter => task.Metrics.Where(metric => MetricDirection.IsMean(metric.Name)).Select(metric => (filter.Name, metric))))
        {
            var questions = Questions(filter, metric);
            _isOpen |= questions is null;
            _watched[(filter, metric.Name)] = new Watched(
                new SequentialMean(0, 1, _stop.Confidence), new SequentialMean(-1, 1, _stop.Confidence), questions ?? [], baseline?.Match(task.Name, model, filter, spec.Models.Length > 1));
        }
    }

    /// <summary>Null where the spec does not stop early, or the task's samples come in clusters.</summary>
    public static SequentialTask? For(Spec spec, TaskDefinition task, string model, StoredBaseline? against) =>
        spec.Stop is null || task.Cluster is not null || task.Repeats > 1 ? null : new SequentialTask(spec, task, model, against?.Scores);

    /// <summary>Whether all is decided, or nothing more will be.</summary>
    public bool IsEnough { get; private set; }

    /// <summary>All of the samples in a random order; holds them in memory.</summary>
    public async IAsyncEnumerable<Sample> ShuffleAsync(IAsyncEnumerable<Sample> samples, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = await samples.ToListAsync(cancellationToken).ConfigureAwait(false);
        _total = all.Count;
        new SeededRandom(_spec.Seed).Derive(0x5E9).Shuffle(CollectionsMarshal.AsSpan(all));
        foreach (var sample in all)
        {
            yield return sample;
        }
    }

    public void Add(SampleAnswer answer)
    {
        _seen++;
        foreach (var score in answer.Scores)
        {
            foreach (var (metric, value) in score.Scores)
            {
                if (_watched.TryGetValue((score.Filter, metric), out var watched))
                {
                    watched.Add(answer.Sample.Id, answer.Sample.Targets.FirstOrDefault(), metric, value);
                }
            }
        }

        if (IsEnough || _isOpen || _watched.Values.Any(watched => watched.IsUnbounded) || _watched.Values.All(watched => watched.Questions.Count == 0))
        {
            return;
        }

        if (_watched.Values.All(watched => watched.Open.Count == 0))
        {
            (IsEnough, _state) = (true, "decided");
        }
        else if (_stop.Futility is { } least && _seen >= LeastForFutility && _watched.Values.All(watched => watched.Chance(_total) < least || watched.Open.Count == 0))
        {
            (IsEnough, _state) = (true, "futile");
        }
    }

    /// <summary>The estimates with always-valid intervals: those of a fixed number of samples do not hold after looking.</summary>
    public ImmutableArray<Estimate> Adjust(ImmutableArray<Estimate> estimates) =>
    [
        .. estimates.Select(estimate => estimate.Low is null ? estimate
            : _watched.TryGetValue((estimate.Filter ?? "", estimate.Metric), out var watched) && !watched.IsUnbounded && watched.Mean.N == estimate.N
                ? estimate.With(watched.Mean.Interval) with { Reason = Invariant($"always valid: it was looked at after each sample, and holds with {_stop.Confidence:0.###} at all times") }
            : IsEnough ? estimate with { Reason = "the interval is of a fixed number of samples, and this run chose its number by another score" } : estimate),
    ];

    /// <summary>The rows of the comparison that were watched, with always-valid intervals and without p-values.</summary>
    public ScoreDifference Adjust(ScoreDifference row) =>
        row.Task == _task.Name && row.ModelB == _model && row.Slice is null
        && _watched.TryGetValue((row.Filter ?? "", row.Metric), out var watched) && !watched.IsUnbounded && watched.Difference.N == row.N && row.N > 0
            ? Verdicts.AlwaysValid(row, watched.Difference.Interval, _spec.Baseline?.Margin)
            : row;

    public StopSection Describe(double? costOfSample)
    {
        var (asked, saved) = (_seen, Math.Max(0, _total - _seen));
        var cost = saved > 0 ? saved * costOfSample : null;
        var why = _state switch
        {
            "decided" => "all questions are decided",
            "futile" => Invariant($"the chance that all samples would decide fell below {_stop.Futility:0.###}"),
            _ when _isOpen => "a gate can be judged only on all samples",
            _ when _watched.Values.Any(watched => watched.IsUnbounded) => "scores lie outside of 0 to 1, so no always-valid interval was made",
            _ when _watched.Values.All(watched => watched.Questions.Count == 0) => "nothing of the spec asks about this task",
            _ => "not all questions were decided before the last sample",
        };
        return new StopSection(_task.Name, _model, _state, asked, _total, cost, why);
    }

    // The gates that speak of this score, or that it is to be told from the baseline. Null when one needs all samples.
    List<(SequentialQuestion Question, bool OfDifference)>? Questions(string filter, TaskMetric metric)
    {
        if (_stop.When == StopWhen.Comparison)
        {
            return _baseline?.Match(_task.Name, _model, filter, _spec.Models.Length > 1) is null ? [] : [(new SequentialQuestion(0, _spec.Baseline?.Margin), true)];
        }

        string[] names = ["evaluate", _task.Name, _model, filter, "baseline"];
        var asked = _spec.Gates.Select(gate => SequentialQuestion.Of(
            gate,
            reference => Gate.Spelling(reference.Metric) == Gate.Spelling(metric.Name) && reference.Qualifiers.All(qualifier => names.Any(name => Gate.Spelling(name) == Gate.Spelling(qualifier))),
            metric.HigherIsBetter,
            _spec.Baseline?.Margin)).ToList();
        return asked.Contains(null) ? null : [.. asked.SelectMany(questions => questions!)];
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    sealed record Watched(SequentialMean Mean, SequentialMean Difference, IReadOnlyList<(SequentialQuestion Question, bool OfDifference)> Questions, ScoreColumns? Baseline)
    {
        /// <summary>A score was out of range.</summary>
        public bool IsUnbounded { get; private set; }

        /// <summary>The questions that are not decided.</summary>
        public IReadOnlyList<(SequentialQuestion Question, bool OfDifference)> Open =>
            [.. Questions.Where(item => !item.Question.IsDecided((item.OfDifference ? Difference : Mean).Interval))];

        public double Chance(long total) => Open.Select(item => (item.OfDifference ? Difference : Mean).ChanceToDecide(total, item.Question.Bound, item.Question.Margin)).DefaultIfEmpty(1).Max();

        public void Add(string id, string? target, string metric, double value)
        {
            IsUnbounded |= !Mean.Add(value);
            if (Baseline?.Score(id, target, metric) is { } before && double.IsFinite(before))
            {
                IsUnbounded |= !Difference.Add(value - before);
            }
        }
    }
}
