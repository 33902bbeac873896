using System.Numerics;

namespace Assay.Web.Simulation.Truths;

/// <summary>Counts of times in bins of 0.1 % of their value, so that a quantile is right to 0.05 % in constant memory. Not thread-safe.</summary>
sealed class TimeHistogram
{
    const int SubBits = 10;
    const int SubBins = 1 << SubBits;

    readonly long[] _counts = new long[(64 - SubBits) * SubBins];
    long _most;

    public long Count { get; private set; }

    /// <param name="nanoseconds">Below 0 counts as 0.</param>
    /// <param name="times">How often.</param>
    public void Add(long nanoseconds, int times = 1)
    {
        var value = Math.Max(0, nanoseconds);
        _counts[Bin(value)] += times;
        Count += times;
        _most = Math.Max(_most, value);
    }

    /// <summary>Seconds; the value at rank ceil(share · n), as its bin's middle. Null without values.</summary>
    public double? Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var (bin, seen) = (0, 0L); bin < _counts.Length; bin++)
        {
            seen += _counts[bin];
            if (seen >= rank)
            {
                return Math.Min(Middle(bin), _most) / 1e9;
            }
        }

        return null;
    }

    /// <summary>Seconds; null without values.</summary>
    public double? Largest => Count == 0 ? null : _most / 1e9;

    // Below 1024 ns each bin is one nanosecond; above, an octave has 1024 bins.
    static int Bin(long value)
    {
        var octave = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (octave * SubBins) + (int)(value >> octave);
    }

    static double Middle(int bin)
    {
        var octave = Math.Max(0, (bin / SubBins) - 1);
        return octave == 0 ? bin : (bin - (octave * SubBins) + 0.5) * (1L << octave);
    }
}
