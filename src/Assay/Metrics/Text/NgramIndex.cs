using System.Numerics;

namespace Assay.Metrics.Text;

/// <summary>
/// Numbers the n-grams of several texts, order by order. An n-gram is the pair of its first n - 1 symbols, which have a number already,
/// and its last symbol: one look-up in a hash table whatever n is, and exact, as pairs are compared and not hashes.
/// </summary>
sealed class NgramIndex
{
    readonly int[][] _symbols;
    readonly int[][] _numbers;
    readonly ulong[] _keys;
    readonly int[] _slots;
    readonly int _shift;
    int _order;

    /// <summary>Of texts of symbols from 0 up; <see cref="Advance"/> comes first.</summary>
    public NgramIndex(int[][] symbols)
    {
        _symbols = symbols;
        _numbers = Array.ConvertAll(symbols, text => new int[text.Length]);
        var bits = BitOperations.Log2((uint)Math.Max(8, symbols.Sum(text => text.Length))) + 2;
        _keys = new ulong[1 << bits];
        _slots = new int[1 << bits];
        _shift = 64 - bits;
    }

    /// <summary>How many n-grams of the present order differ; they are numbered from 0.</summary>
    public int Distinct { get; private set; }

    /// <summary>Goes on to the next order, from none to 1.</summary>
    public void Advance()
    {
        _order++;
        Distinct = 0;
        Array.Clear(_slots);
        for (var text = 0; text < _symbols.Length; text++)
        {
            var (symbols, numbers) = (_symbols[text], _numbers[text]);
            for (var i = 0; i <= symbols.Length - _order; i++)
            {
                numbers[i] = Number(((ulong)(_order == 1 ? 0 : numbers[i]) << 32) | (uint)symbols[i + _order - 1]);
            }
        }
    }

    /// <summary>How many n-grams a text has.</summary>
    public int Total(int text) => Math.Max(0, _symbols[text].Length - _order + 1);

    /// <summary>How often each n-gram is in a text.</summary>
    public int[] Counts(int text)
    {
        var counts = new int[Distinct];
        foreach (var number in _numbers[text].AsSpan(0, Total(text)))
        {
            counts[number]++;
        }

        return counts;
    }

    /// <summary>The n-grams that both have, each as often as the one with fewer has it.</summary>
    public static long Matches(ReadOnlySpan<int> counts, ReadOnlySpan<int> others)
    {
        var matches = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            matches += Math.Min(counts[i], others[i]);
        }

        return matches;
    }

    int Number(ulong key)
    {
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_slots[slot] != 0)
        {
            if (_keys[slot] == key)
            {
                return _slots[slot] - 1;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        _keys[slot] = key;
        _slots[slot] = ++Distinct;
        return Distinct - 1;
    }
}
