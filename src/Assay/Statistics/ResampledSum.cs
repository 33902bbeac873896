using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics;

/// <summary>
/// The sum of n draws with replacement out of n values, exactly distributed, without drawing n indices: every value is first taken a
/// Poisson number of times with a mean a little below 1, then the draws that are missing to n are made one by one. Given their total,
/// independent Poisson counts are multinomial, so the counts are those of n uniform draws; a total above n is drawn again.
/// </summary>
sealed class ResampledSum
{
    // Below this the vectors do not pay.
    const int FewestValues = 64;

    // P(count <= k) for all k below this is compared sixteen lanes at a time, on the first 16 bits of a uniform number; all higher ones
    // share the last of the 65,536 cells. In the cells that hold a threshold (8 of them) the further bits decide.
    const int Thresholds = 7;

    readonly double[] _values;
    readonly double[] _atMost = new double[24];
    readonly short[] _cells = new short[Thresholds];

    public ResampledSum(ReadOnlySpan<double> values)
    {
        _values = values.ToArray();

        // Three standard deviations below n: one total in 740 is above n.
        var mean = 1 - (3 / Math.Sqrt(Math.Max(FewestValues, values.Length)));
        var (mass, sum) = (Math.Exp(-mean), 0.0);
        for (var k = 0; k < _atMost.Length; k++)
        {
            sum += mass;
            mass *= mean / (k + 1);
            _atMost[k] = sum;
        }

        for (var k = 0; k < Thresholds; k++)
        {
            _cells[k] = (short)(Math.Min(65535, Math.Floor(_atMost[k] * 65536)) - 32768);
        }
    }

    public double Next(SeededRandom random)
    {
        var (sum, left) = (0.0, _values.Length);
        if (left >= FewestValues)
        {
            var bits = new VectorRandom(random);
            do
            {
                (sum, var drawn) = Poisson(ref bits, random);
                left = _values.Length - drawn;
            }
            while (left < 0);
        }

        for (; left > 0; left--)
        {
            sum += _values[random.Next(_values.Length)];
        }

        return sum;
    }

    (double Sum, int Drawn) Poisson(ref VectorRandom bits, SeededRandom random)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector256<int> drawnLanes = default;
        var (extraSum, extraDrawn, i) = (0.0, 0, 0);
        var last = Vector256.Create(short.MaxValue);
        ref var first = ref MemoryMarshal.GetArrayDataReference(_values);
        for (; i <= _values.Length - 16; i += 16)
        {
            var uniform = bits.Next().AsInt16();
            var counts = Vector256<short>.Zero;
            var unsure = Vector256.Equals(uniform, last);
            foreach (var cell in _cells)
            {
                var threshold = Vector256.Create(cell);
                counts -= Vector256.GreaterThan(uniform, threshold);
                unsure |= Vector256.Equals(uniform, threshold);
            }

            var (low, high) = Vector256.Widen(counts);
            drawnLanes += low + high;
            var (low0, low1) = Vector256.Widen(Vector256.ConvertToSingle(low));
            var (high0, high1) = Vector256.Widen(Vector256.ConvertToSingle(high));
            sum0 += low0 * Vector256.LoadUnsafe(ref first, (nuint)i);
            sum1 += low1 * Vector256.LoadUnsafe(ref first, (nuint)(i + 4));
            sum2 += high0 * Vector256.LoadUnsafe(ref first, (nuint)(i + 8));
            sum3 += high1 * Vector256.LoadUnsafe(ref first, (nuint)(i + 12));
            for (var lanes = unsure.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                var lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
                var more = Count((uniform[lane] + 32768 + random.NextDouble()) / 65536) - counts[lane];
                extraSum += more * _values[i + lane];
                extraDrawn += more;
            }
        }

        for (; i < _values.Length; i++)
        {
            var count = Count(random.NextDouble());
            extraSum += count * _values[i];
            extraDrawn += count;
        }

        return (Vector256.Sum(sum0 + sum1 + (sum2 + sum3)) + extraSum, Vector256.Sum(drawnLanes) + extraDrawn);
    }

    int Count(double uniform)
    {
        var count = 0;
        while (count < _atMost.Length && uniform >= _atMost[count])
        {
            count++;
        }

        return count;
    }
}
