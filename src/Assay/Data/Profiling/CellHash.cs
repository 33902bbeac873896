using System.Runtime.InteropServices;

namespace Assay.Data.Profiling;

/// <summary>64-bit hashes of cells, the same on every machine.</summary>
static class CellHash
{
    public const ulong Missing = 0x6A09E667F3BCC909;

    /// <summary>SplitMix64's finish.</summary>
    public static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>-0 is 0, NaN is missing.</summary>
    public static ulong Of(double value) => double.IsNaN(value) ? Missing : Mix(BitConverter.DoubleToUInt64Bits(value + 0.0) + 0x9E3779B97F4A7C15);

    public static ulong Of(string? text)
    {
        if (text is null)
        {
            return Missing;
        }

        var hash = (ulong)text.Length;
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            hash = Mix(hash ^ word);
        }

        foreach (var rest in bytes[(words.Length * 8)..])
        {
            hash = (hash ^ rest) * 0x100000001B3;
        }

        return Mix(hash + 0x9E3779B97F4A7C15);
    }

    /// <summary>Where a hash stands in a sequence matters.</summary>
    public static ulong Combine(ulong sequence, ulong next) => Mix((sequence * 0x9E3779B97F4A7C15) ^ next);
}
