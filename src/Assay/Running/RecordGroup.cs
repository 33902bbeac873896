using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Models;
using Assay.Reporting;
using Assay.Results;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>The records of one task, model and filter, folded as they come.</summary>
sealed class RecordGroup
{
    const int ShownWrong = 5;
    const int LongestShown = 200;

    // What lm-evaluation-harness aggregates otherwise than by a mean.
    static readonly string[] _ofCorpus = ["bleu", "chrf", "ter", "f1", "mcc", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "brier_score"];

    readonly OrderedDictionary<string, (List<double> Values, List<int> Clusters)> _scores = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _clusters = new(StringComparer.Ordinal);
    readonly List<AnswerSection> _wrong = [];
    bool _isClustered;
    long _count;

    /// <summary>What a group shares.</summary>
    internal sealed record Key(string Stage, string? Task, string Model, string? Filter);

    public static void Add(OrderedDictionary<Key, RecordGroup> groups, Record record)
    {
        var key = new Key(record.Stage, record.Task, record.Model, record.Filter);
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new RecordGroup());
        }

        group.Add(record);
    }

    /// <summary>The mean of each score, then the counts of outcomes other than ok.</summary>
    public IEnumerable<Estimate> Estimates(Key key, bool hasCorpusScores)
    {
        foreach (var (metric, (values, clusters)) in _scores)
        {
            var none = new Estimate { Metric = metric, Definition = "imported/mean", N = values.Count, Excluded = _count - values.Count, Stage = key.Stage, Task = key.Task, Model = key.Model, Filter = key.Filter };
            if (hasCorpusScores && _ofCorpus.Contains(metric))
            {
                yield return none with { Reason = "the scores of single samples do not sum up; import the results file beside them" };
                continue;
            }

            var estimate = none with { Value = values.Average() };
            var interval = ScoreInterval.Of(CollectionsMarshal.AsSpan(values), _isClustered ? CollectionsMarshal.AsSpan(clusters) : [], IntervalMethod.Default, new BootstrapOptions());
            yield return interval is { } found ? estimate.With(found) : estimate with { Reason = "an interval needs two finite scores, and two clusters" };
        }

        foreach (var (outcome, count) in _outcomes.Where(outcome => outcome.Key != "ok"))
        {
            yield return new Estimate { Metric = $"samples/{outcome}", Definition = $"samples/{outcome}", Value = count, N = _count, Stage = key.Stage, Task = key.Task, Model = key.Model, Filter = key.Filter, Reason = "a count, not an estimate" };
        }
    }

    public TaskSection Section(Key key) => new(key.Task!, key.Model, key.Filter!, _count, _outcomes.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. _wrong]);

    void Add(Record record)
    {
        _count++;
        var outcome = OutcomeName.Of(record.Outcome);
        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;

        // Answers to one sample, asked several times, are as little independent as samples of one cluster.
        _isClustered |= record.Repeat is not null || record.Cluster is not null;
        var name = record.Cluster ?? record.Id;
        ref var cluster = ref CollectionsMarshal.GetValueRefOrAddDefault(_clusters, name, out var isThere);
        cluster = isThere ? cluster : _clusters.Count - 1;
        foreach (var (metric, value) in record.Scores)
        {
            if (!_scores.TryGetValue(metric, out var lists))
            {
                _scores.Add(metric, lists = ([], []));
            }

            lists.Values.Add(value);
            lists.Clusters.Add(cluster);
        }

        if (_wrong.Count < ShownWrong && record.Scores.Values.Any(value => value == 0) && record.Target is { } target)
        {
            _wrong.Add(new AnswerSection(record.Id, Short(target), record.Answer is { } answer ? Short(answer) : null));
        }
    }

    static string Short(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - (char.IsHighSurrogate(text[LongestShown - 1]) ? 1 : 0))] + "…";
}
