using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Models;

namespace Assay.Scoring;

/// <summary>
/// The scores of a task's samples as columns: of a million samples a few numbers each, and no object. Enumerated they come filter by filter, each made
/// anew, without answer and reason.
/// </summary>
sealed class ScoreColumns : IReadOnlyList<SampleScore>
{
    readonly OrderedDictionary<string, FilterScores> _filters = new(StringComparer.Ordinal);

    public int Count => _filters.Values.Sum(filter => filter.Count);

    public SampleScore this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            foreach (var filter in _filters.Values)
            {
                if (index < filter.Count)
                {
                    return filter.Score(index);
                }

                index -= filter.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <summary>These scores, which may be columns already.</summary>
    public static ScoreColumns Of(IEnumerable<SampleScore> scores)
    {
        if (scores is ScoreColumns columns)
        {
            return columns;
        }

        columns = [];
        foreach (var score in scores)
        {
            columns.Add(score);
        }

        return columns;
    }

    public void Add(SampleScore score)
    {
        if (!_filters.TryGetValue(score.Filter, out var filter))
        {
            _filters[score.Filter] = filter = new FilterScores(score.Filter);
        }

        filter.Add(score);
    }

    /// <summary>Those under one filter; none under a name that never came.</summary>
    public FilterScores Filter(string name) => _filters.GetValueOrDefault(name) ?? new FilterScores(name);

    public IEnumerator<SampleScore> GetEnumerator()
    {
        foreach (var filter in _filters.Values)
        {
            for (var row = 0; row < filter.Count; row++)
            {
                yield return filter.Score(row);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

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

/// <summary>One metric's values under one filter, of the rows that have one, in ascending order.</summary>
sealed class MetricScores
{
    readonly List<int> _rows = [];
    readonly List<double> _values = [];
    readonly List<double> _numbers = [];

    public int Count => _values.Count;

    public IReadOnlyList<int> Rows => _rows;

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Every row has the numbers of which the score of all samples is made.</summary>
    public bool HasNumbers { get; private set; } = true;

    /// <summary>Row after row.</summary>
    public ReadOnlySpan<double> Numbers => CollectionsMarshal.AsSpan(_numbers);

    public void Add(int row, double value, ImmutableArray<double> numbers)
    {
        _rows.Add(row);
        _values.Add(value);
        HasNumbers &= !numbers.IsEmpty;
        if (HasNumbers)
        {
            _numbers.AddRange(numbers);
        }
    }

    /// <summary>Where a row is; negative when it has no value.</summary>
    public int Find(int row) => _rows.Count > row && _rows[row] == row ? row : _rows.BinarySearch(row);

    public ReadOnlySpan<double> NumbersOf(int at) => Numbers.Slice(at * (_numbers.Count / Count), _numbers.Count / Count);

    /// <summary>Without the rows that do not hold.</summary>
    public MetricScores Where(Func<int, bool> holds)
    {
        var kept = new MetricScores();
        for (var i = 0; i < Count; i++)
        {
            if (holds(_rows[i]))
            {
                kept.Add(_rows[i], _values[i], HasNumbers ? [.. NumbersOf(i)] : []);
            }
        }

        return kept;
    }
}
