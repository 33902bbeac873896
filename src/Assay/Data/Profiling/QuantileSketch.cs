namespace Assay.Data.Profiling;

/// <summary>
/// Quantiles of any number of values in little memory: level l holds values that stand for 2^l each; a full level is sorted, every other
/// value, from a drawn start, goes one level up. Exact up to <see cref="Capacity"/> values; beyond, the standard error of a rank is about
/// 0.7 / Capacity of the rows (0.04 %). Source: Manku, Rajagopalan and Lindsay 1998; Karnin, Lang and Liberty 2016.
/// </summary>
sealed class QuantileSketch(ulong seed)
{
    public const int Capacity = 2048;

    readonly SeededRandom _random = new(seed);
    readonly List<List<double>> _levels = [new(Capacity)];

    public bool IsExact => _levels.Count == 1;

    public void Add(double value)
    {
        var lowest = _levels[0];
        lowest.Add(value);
        if (lowest.Count > Capacity)
        {
            Compact(0);
        }
    }

    /// <summary>Takes the values of another sketch in.</summary>
    public void Merge(QuantileSketch other)
    {
        for (var level = 0; level < other._levels.Count; level++)
        {
            Level(level).AddRange(other._levels[level]);
            if (_levels[level].Count > Capacity)
            {
                Compact(level);
            }
        }
    }

    /// <summary>The values in order when it is exact, else <see cref="Capacity"/> values that stand for equally many rows each.</summary>
    public double[] Points()
    {
        if (IsExact)
        {
            return [.. _levels[0].Order()];
        }

        var weighted = _levels.Index().SelectMany(level => level.Item.Select(value => (Value: value, Weight: 1L << level.Index))).OrderBy(item => item.Value).ToArray();
        var total = weighted.Sum(item => item.Weight);
        var points = new double[Capacity];
        var (place, below) = (0, 0L);
        for (var i = 0; i < Capacity; i++)
        {
            var rank = (i + 0.5) / Capacity * total;
            while (place < weighted.Length - 1 && below + weighted[place].Weight < rank)
            {
                below += weighted[place++].Weight;
            }

            points[i] = weighted[place].Value;
        }

        return points;
    }

    void Compact(int level)
    {
        var full = _levels[level];
        full.Sort();

        // An odd one out stays, so that no weight is lost.
        var even = full.Count - (full.Count % 2);
        var next = Level(level + 1);
        for (var i = _random.Next(2); i < even; i += 2)
        {
            next.Add(full[i]);
        }

        full.RemoveRange(0, even);
        if (next.Count > Capacity)
        {
            Compact(level + 1);
        }
    }

    List<double> Level(int level)
    {
        if (level == _levels.Count)
        {
            _levels.Add([]);
        }

        return _levels[level];
    }
}
