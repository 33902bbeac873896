using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Models;

namespace Assay.Scoring;

/// <summary>One filter's: a row a sample.</summary>
sealed class FilterScores(string name)
{
    readonly List<byte> _outcomes = [];
    readonly List<int> _clusters = [];
    readonly List<string> _clusterNames = [];
    readonly Dictionary<string, int> _clusterNumbers = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, MetricScores> _metrics = new(StringComparer.Ordinal);

    public int Count => _outcomes.Count;

    public Outcome OutcomeOf(int row) => (Outcome)_outcomes[row];

    public void Add(SampleScore score)
    {
        foreach (var (metric, value) in score.Scores)
        {
            if (!_metrics.TryGetValue(metric, out var column))
            {
                _metrics[metric] = column = new MetricScores();
            }

            column.Add(Count, value, score.Numbers.TryGetValue(metric, out var numbers) ? numbers : []);
        }

        _outcomes.Add((byte)score.Outcome);
        _clusters.Add(score.Cluster is { } cluster ? NumberOf(cluster) : -1);
    }

    /// <summary>How many rows ended so.</summary>
    public int CountOf(Outcome outcome) => CollectionsMarshal.AsSpan(_outcomes).Count((byte)outcome);

    /// <summary>The samples that have a score of the metric.</summary>
    public MetricScores Metric(string name) => _metrics.GetValueOrDefault(name) ?? new MetricScores();

    /// <summary>The cluster of each of these rows, numbered as they come; null unless every one has one.</summary>
    public int[]? Clusters(IReadOnlyList<int> rows)
    {
        var (clusters, numbers, known) = (new int[rows.Count], new int[_clusterNames.Count], 0);
        for (var i = 0; i < clusters.Length; i++)
        {
            if (_clusters[rows[i]] is not (>= 0 and var cluster))
            {
                return null;
            }

            numbers[cluster] = numbers[cluster] == 0 ? ++known : numbers[cluster];
            clusters[i] = numbers[cluster] - 1;
        }

        return clusters.Length > 0 ? clusters : null;
    }

    public SampleScore Score(int row)
    {
        var scores = new Dictionary<string, double>(_metrics.Count, StringComparer.Ordinal);
        var numbers = ImmutableDictionary<string, ImmutableArray<double>>.Empty;
        foreach (var (metric, column) in _metrics)
        {
            if (column.Find(row) is >= 0 and var at)
            {
                scores[metric] = column.Values[at];
                numbers = column.HasNumbers ? numbers.Add(metric, [.. column.NumbersOf(at)]) : numbers;
            }
        }

        return new SampleScore(name, null, OutcomeOf(row), scores, null) { Numbers = numbers, Cluster = _clusters[row] is >= 0 and var cluster ? _clusterNames[cluster] : null };
    }

    int NumberOf(string cluster)
    {
        if (!_clusterNumbers.TryGetValue(cluster, out var number))
        {
            _clusterNumbers[cluster] = number = _clusterNames.Count;
            _clusterNames.Add(cluster);
        }

        return number;
    }
}
