using System.Numerics;

namespace Assay.Load;

/// <summary>
/// Counts of durations by size: exact below 51.2 µs (in the clock's 100 ns), above it in 256 steps to each doubling, so that what is read back is off
/// by at most 0.2 %. Takes at most 80 KB whatever it counts, and two can be added up without loss. Not thread-safe.
/// </summary>
public sealed class DurationHistogram
{
    /// <summary>The most by which a duration read back differs from the one that was added: half a step of the lowest of each doubling.</summary>
    public const double RelativeError = 1.0 / (2 << SubBits);

    const int SubBits = 8;
    const int SubCount = 1 << SubBits;

    long[] _counts = [];

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum, exact.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>The shortest, exact; zero when empty.</summary>
    public TimeSpan Min { get; private set; }

    /// <summary>The longest, exact; zero when empty.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>Their mean, exact; null when empty.</summary>
    public TimeSpan? Mean => Count == 0 ? null : Total / Count;

    /// <summary>Counts one; less than zero counts as zero.</summary>
    public void Add(TimeSpan duration) => Add(duration, 1);

    /// <summary>Counts all of another.</summary>
    public void Add(DurationHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
        {
            return;
        }

        (Min, Max) = Count == 0 ? (other.Min, other.Max) : (Min < other.Min ? Min : other.Min, Max > other.Max ? Max : other.Max);
        Count += other.Count;
        Total += other.Total;
        Reserve(other._counts.Length);
        for (var i = 0; i < other._counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The middle of the step that holds the duration of this rank; the shortest and the longest are exact.</summary>
    /// <param name="rank">From 1, the shortest, to <see cref="Count"/>.</param>
    public TimeSpan AtRank(long rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        if (rank == 1 || rank == Count)
        {
            return rank == 1 ? Min : Max;
        }

        var seen = 0L;
        var step = 0;
        while ((seen += _counts[step]) < rank)
        {
            step++;
        }

        var (low, high) = Bounds(step);
        return TimeSpan.FromTicks(Math.Clamp(low + ((high - low) / 2), Min.Ticks, Max.Ticks));
    }

    /// <summary>The smallest duration that at least this share of all does not exceed; null when empty.</summary>
    /// <param name="share">From 0 to 1: 0.99 for the 99th percentile.</param>
    public TimeSpan? Quantile(double share) => Count == 0 ? null : AtRank(Math.Clamp((long)Math.Ceiling(share * Count), 1, Count));

    /// <summary>How many are longer, but for those in the step of <paramref name="duration"/> itself.</summary>
    public long CountAbove(TimeSpan duration)
    {
        var above = 0L;
        for (var step = Step(Math.Max(0, duration.Ticks)) + 1; step < _counts.Length; step++)
        {
            above += _counts[step];
        }

        return above;
    }

    /// <summary>The steps that hold any, ascending.</summary>
    public IEnumerable<DurationStep> Steps()
    {
        for (var step = 0; step < _counts.Length; step++)
        {
            if (_counts[step] > 0)
            {
                var (low, high) = Bounds(step);
                yield return new DurationStep(TimeSpan.FromTicks(low), TimeSpan.FromTicks(high), _counts[step]);
            }
        }
    }

    /// <summary>What <see cref="Steps"/> and the exact figures were written from.</summary>
    internal static DurationHistogram Restore(IEnumerable<(TimeSpan Low, long Count)> steps, TimeSpan total, TimeSpan min, TimeSpan max)
    {
        var histogram = new DurationHistogram();
        foreach (var (low, count) in steps)
        {
            histogram.Add(low, count);
        }

        (histogram.Total, histogram.Min, histogram.Max) = (total, min, max);
        return histogram;
    }

    void Add(TimeSpan duration, long count)
    {
        var ticks = Math.Max(0, duration.Ticks);
        var step = Step(ticks);
        Reserve(step + 1);
        _counts[step] += count;
        var value = TimeSpan.FromTicks(ticks);
        (Min, Max) = Count == 0 ? (value, value) : (value < Min ? value : Min, value > Max ? value : Max);
        Count += count;
        Total += value * count;
    }

    void Reserve(int steps)
    {
        if (steps > _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(steps, _counts.Length + (4 * SubCount)));
        }
    }

    // Below two runs of steps the step is the number itself; above, the leading bits tell the doubling, the next eight the step in it.
    static int Step(long ticks)
    {
        if (ticks < 2 * SubCount)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return (shift << SubBits) + (int)(ticks >> shift);
    }

    static (long Low, long High) Bounds(int step)
    {
        if (step < 2 * SubCount)
        {
            return (step, step);
        }

        var shift = (step >> SubBits) - 1;
        var low = (long)(step - (shift << SubBits)) << shift;
        return (low, low + (1L << shift) - 1);
    }
}

/// <summary>One step of a <see cref="DurationHistogram"/>.</summary>
/// <param name="Low">The shortest duration it counts.</param>
/// <param name="High">The longest.</param>
/// <param name="Count">How many it counted.</param>
public readonly record struct DurationStep(TimeSpan Low, TimeSpan High, long Count);
