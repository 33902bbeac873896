using System.Collections;

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
