namespace Assay.Metrics;

/// <summary>
/// Sorts float64 values as whole numbers of the same order. Four passes over the upper 44 bits put them almost in order: values that
/// differ only below that are told apart by sorting their runs. Exact for any input; needs a buffer as long as the keys.
/// </summary>
static class RadixSort
{
    const int SmallCount = 4096;
    const int DigitBits = 11;
    const int Digits = 4;
    const int LowestBit = 64 - (DigitBits * Digits);
    const int Radix = 1 << DigitBits;

    /// <summary>A key whose unsigned order is the order of the values; -0 is 0.</summary>
    public static ulong KeyOf(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return bits ^ ((ulong)((long)bits >> 63) | 0x8000_0000_0000_0000);
    }

    /// <summary>The value of a key.</summary>
    public static double ValueOf(ulong key) =>
        BitConverter.UInt64BitsToDouble(key ^ (((key >> 63) - 1) | 0x8000_0000_0000_0000));

    /// <summary>Ascending.</summary>
    public static void Sort(Span<ulong> keys, Span<ulong> buffer)
    {
        if (keys.Length < SmallCount)
        {
            keys.Sort();
            return;
        }

        var counts = new int[Digits * Radix];
        foreach (var key in keys)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Radix) + DigitOf(key, digit)]++;
            }
        }

        var from = keys;
        var to = buffer[..keys.Length];
        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.AsSpan(digit * Radix, Radix);
            if (starts[DigitOf(from[0], digit)] == keys.Length)
            {
                continue;
            }

            Scatter(from, to, starts, digit);
            var swapped = from;
            from = to;
            to = swapped;
        }

        SortRuns(from);
        if (from != keys)
        {
            from.CopyTo(keys);
        }
    }

    static int DigitOf(ulong key, int digit) => (int)(key >> (LowestBit + (digit * DigitBits))) & (Radix - 1);

    static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> starts, int digit)
    {
        var start = 0;
        foreach (ref var count in starts)
        {
            (count, start) = (start, start + count);
        }

        foreach (var key in from)
        {
            to[starts[DigitOf(key, digit)]++] = key;
        }
    }

    static void SortRuns(Span<ulong> keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] >= keys[i - 1])
            {
                continue;
            }

            var top = keys[i] >> LowestBit;
            var (from, to) = (i - 1, i + 1);
            while (from > 0 && keys[from - 1] >> LowestBit == top)
            {
                from--;
            }

            while (to < keys.Length && keys[to] >> LowestBit == top)
            {
                to++;
            }

            keys[from..to].Sort();
            i = to - 1;
        }
    }
}
