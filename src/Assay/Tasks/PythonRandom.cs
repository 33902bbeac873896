using System.Numerics;

namespace Assay.Tasks;

/// <summary>
/// CPython's <c>random.Random</c>: the Mersenne Twister MT19937, seeded as CPython seeds it, so that worked examples are drawn as
/// lm-evaluation-harness draws them. Not for anything else: <see cref="SeededRandom"/> is ours. Not thread-safe.
/// Source: Matsumoto and Nishimura, 1998; CPython 3.11, Modules/_randommodule.c and Lib/random.py.
/// </summary>
public sealed class PythonRandom
{
    const int Length = 624;
    const int Middle = 397;

    readonly uint[] _state = new uint[Length];
    int _next = Length;

    /// <summary><c>random.Random(seed)</c>.</summary>
    public PythonRandom(ulong seed)
    {
        uint[] key = seed >> 32 == 0 ? [(uint)seed] : [(uint)seed, (uint)(seed >> 32)];
        Fill(19650218);
        var (i, j) = (1, 0);
        for (var k = Math.Max(Length, key.Length); k > 0; k--)
        {
            _state[i] = (_state[i] ^ (Scrambled(i) * 1664525)) + key[j] + (uint)j;
            i = Following(i);
            j = (j + 1) % key.Length;
        }

        for (var k = Length - 1; k > 0; k--)
        {
            _state[i] = (_state[i] ^ (Scrambled(i) * 1566083941)) - (uint)i;
            i = Following(i);
        }

        _state[0] = 0x80000000;
    }

    /// <summary><c>getrandbits(bits)</c> for 1 to 32 bits.</summary>
    public uint Bits(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 32);
        return Next() >> (32 - bits);
    }

    /// <summary><c>random()</c>: in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (((Next() >> 5) * 67108864.0) + (Next() >> 6)) / 9007199254740992.0;

    /// <summary><c>sample(range(count), size)</c>: so many different indices below <paramref name="count"/>, in the order drawn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sample is larger than what it is drawn from, or negative.</exception>
    public int[] Sample(int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        var set = 21 + (size > 5 ? (long)Math.Pow(4, Math.Ceiling(Math.Log(size * 3) / Math.Log(4))) : 0);
        return count <= set ? FromPool(count, size) : FromSet(count, size);
    }

    /// <summary><c>choices(range(count), k=size)</c>: indices with repetition.</summary>
    public int[] Choices(int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var chosen = new int[size];
        Choose(count, chosen);
        return chosen;
    }

    /// <summary>The same into a span.</summary>
    internal void Choose(int count, Span<int> chosen)
    {
        foreach (ref var index in chosen)
        {
            index = (int)(NextDouble() * count);
        }
    }

    /// <summary><c>shuffle(items)</c>, in place.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    int[] FromPool(int count, int size)
    {
        int[] pool = [.. Enumerable.Range(0, count)];
        var chosen = new int[size];
        for (var i = 0; i < size; i++)
        {
            var j = Below(count - i);
            chosen[i] = pool[j];
            pool[j] = pool[count - i - 1];
        }

        return chosen;
    }

    int[] FromSet(int count, int size)
    {
        var seen = new HashSet<int>(size);
        var chosen = new int[size];
        foreach (ref var index in chosen.AsSpan())
        {
            do
            {
                index = Below(count);
            }
            while (!seen.Add(index));
        }

        return chosen;
    }

    int Below(int limit)
    {
        var bits = 32 - BitOperations.LeadingZeroCount((uint)limit);
        uint drawn;
        do
        {
            drawn = Bits(bits);
        }
        while (drawn >= limit);

        return (int)drawn;
    }

    uint Next()
    {
        if (_next == Length)
        {
            Twist();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
        }

        _next = 0;
    }

    void Fill(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        }
    }

    uint Scrambled(int i) => _state[i - 1] ^ (_state[i - 1] >> 30);

    int Following(int i)
    {
        if (i < Length - 1)
        {
            return i + 1;
        }

        _state[0] = _state[Length - 1];
        return 1;
    }
}
