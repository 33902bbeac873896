using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Assay.Scoring;

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
