namespace Assay.Comparing;

/// <summary>A number of each sample: the mean of those that were added, NaN where there is none.</summary>
sealed class NumberColumn
{
    readonly List<double> _sums = [];
    readonly List<ushort> _counts = [];

    /// <summary>Adds one more number of the sample at this index, or takes the place of what was there.</summary>
    public void Add(int index, double value, bool replace)
    {
        while (_sums.Count <= index)
        {
            _sums.Add(0);
            _counts.Add(0);
        }

        (_sums[index], _counts[index]) = replace ? (value, (ushort)1) : (_sums[index] + value, (ushort)(_counts[index] + 1));
    }

    public void Clear(int index)
    {
        if (index < _counts.Count)
        {
            _counts[index] = 0;
        }
    }

    public bool IsEmpty => !_counts.Exists(count => count > 0);

    public double this[int index] => index < _counts.Count && _counts[index] > 0 ? _sums[index] / _counts[index] : double.NaN;
}
