namespace Assay.Load;

/// <summary>Values by row in chunks; a chunk of nothing but default values takes no memory.</summary>
sealed class Column<T>
    where T : struct, IEquatable<T>
{
    const int Bits = 12;

    T[]?[] _chunks = [];

    public T this[int row]
    {
        get => row >> Bits is var chunk && chunk < _chunks.Length && _chunks[chunk] is { } values ? values[row & ((1 << Bits) - 1)] : default;
        set
        {
            var chunk = row >> Bits;
            if (chunk >= _chunks.Length)
            {
                if (value.Equals(default))
                {
                    return;
                }

                Array.Resize(ref _chunks, Math.Max(chunk + 1, 2 * _chunks.Length));
            }

            if (_chunks[chunk] is null && value.Equals(default))
            {
                return;
            }

            (_chunks[chunk] ??= new T[1 << Bits])[row & ((1 << Bits) - 1)] = value;
        }
    }
}

/// <summary>Durations or none, in four bytes each; those that do not fit (below 0, above 429 s) are kept apart.</summary>
sealed class DurationColumn
{
    const uint Apart = uint.MaxValue;

    // 0 is none, else the number of 100 ns and one.
    readonly Column<uint> _values = new();
    readonly Dictionary<int, long> _apart = [];

    public TimeSpan? this[int row]
    {
        get => _values[row] switch
        {
            0 => null,
            Apart => TimeSpan.FromTicks(_apart[row]),
            var value => TimeSpan.FromTicks(value - 1),
        };
        set
        {
            if (value is { Ticks: < 0 or >= Apart - 1 } far)
            {
                _apart[row] = far.Ticks;
                _values[row] = Apart;
            }
            else
            {
                _values[row] = value is { } near ? (uint)near.Ticks + 1 : 0;
            }
        }
    }
}
