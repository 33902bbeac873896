using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics;

/// <summary>Sums of random halves and subsets of values, chosen by bits: 64 fair coins cost one random number.</summary>
sealed class MaskedSum
{
    readonly double[] _values;
    readonly int _count;

    public MaskedSum(ReadOnlySpan<double> values)
    {
        _count = values.Length;

        // Whole vectors of words: what the last bits choose beyond the values is 0.
        Words = (values.Length + 255) / 256 * 4;
        _values = new double[Words * 64];
        values.CopyTo(_values);
    }

    /// <summary>How many words of bits a choice takes.</summary>
    public int Words { get; }

    /// <summary>The sum of the values whose bit is set.</summary>
    // Inlined into a caller, its vector operations exceed the compiler's budget and become calls: four times slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public double Of(ReadOnlySpan<ulong> bits)
    {
        var lanes = Vector256.Create(1UL, 2, 4, 8);
        Vector256<double> even = default, odd = default;
        for (var word = 0; word < bits.Length; word++)
        {
            var left = Vector256.Create(bits[word]);
            for (var i = word * 64; i < (word * 64) + 64; i += 8)
            {
                var low = Vector256.Equals(left & lanes, lanes).AsDouble();
                var high = Vector256.Equals((left >>> 4) & lanes, lanes).AsDouble();
                even += low & Vector256.Create(_values.AsSpan(i, 4));
                odd += high & Vector256.Create(_values.AsSpan(i + 4, 4));
                left >>>= 8;
            }
        }

        return Vector256.Sum(even + odd);
    }

    /// <summary>Every value is chosen or not by a coin.</summary>
    public static void Coins(ref VectorRandom random, Span<ulong> bits)
    {
        for (var word = 0; word < bits.Length; word += 4)
        {
            random.Next().CopyTo(bits[word..]);
        }
    }

    /// <summary>
    /// A uniformly random choice of so many of the values: each by a coin of nearly the right chance (in 256ths), then single ones put in
    /// or taken out at random until their number is right. By symmetry all choices of that size stay equally likely.
    /// </summary>
    public void Subset(ref VectorRandom random, SeededRandom single, int size, Span<ulong> bits)
    {
        // The chance in binary, from its lowest set bit up: OR with a random bit for 1, AND for 0.
        var chance = Math.Clamp((int)Math.Round(256.0 * size / _count), 1, 255);
        bits.Clear();
        for (var digit = BitOperations.TrailingZeroCount(chance); digit < 8; digit++)
        {
            for (var word = 0; word < bits.Length; word += 4)
            {
                var (fresh, old) = (random.Next(), Vector256.Create(bits[word..]));
                (((chance >> digit) & 1) == 1 ? old | fresh : old & fresh).CopyTo(bits[word..]);
            }
        }

        var chosen = CountWithin(bits);
        while (chosen != size)
        {
            var i = single.Next(_count);
            var isSet = ((bits[i >> 6] >> i) & 1) == 1;
            if (isSet == (chosen > size))
            {
                bits[i >> 6] ^= 1UL << i;
                chosen += isSet ? -1 : 1;
            }
        }
    }

    int CountWithin(ReadOnlySpan<ulong> bits)
    {
        var (count, whole) = (0, _count >> 6);
        foreach (var word in bits[..whole])
        {
            count += BitOperations.PopCount(word);
        }

        return (_count & 63) == 0 ? count : count + BitOperations.PopCount(bits[whole] & ((1UL << _count) - 1));
    }
}
