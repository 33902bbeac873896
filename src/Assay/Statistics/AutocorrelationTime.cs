namespace Assay.Statistics;

/// <summary>
/// How many observations of a stationary series are worth one independent one: the variance of their mean against that of as many independent
/// ones, at least 1. By blocking: means of blocks long enough are independent, and their spread tells the variance. The block is the smallest
/// power of two B with B^3 &gt; 2 n time^2; of a series that remembers (time of 1.5 or more) twice as long, for the rule's own blocks still leave some
/// of the memory out, and the spread of so few blocks gets Student's factor. Sources: Flyvbjerg and Petersen 1989; the rule: Lee et al., Physical
/// Review E 83, 2011, 066706. Intervals made with it held the percentiles of M/M/1 queues in 94 to 96 of 100 runs (docs/load.md).
/// </summary>
public static class AutocorrelationTime
{
    // With fewer, the spread of the blocks says nothing.
    const int LeastBlocks = 8;

    const double Remembers = 1.5;

    /// <summary>Of the mean of the values. 1 when they do not vary or are fewer than 16.</summary>
    /// <param name="inOrder">By time, without NaN.</param>
    public static double Of(ReadOnlySpan<double> inOrder)
    {
        var sum = 0.0;
        foreach (var value in inOrder)
        {
            sum += value;
        }

        var blocks = new Blocks(sum / inOrder.Length);
        foreach (var value in inOrder)
        {
            blocks.Add(value);
        }

        return blocks.Time(inOrder.Length);
    }

    /// <summary>Of the share of values above a threshold, on which the interval of a quantile rests.</summary>
    /// <param name="inOrder">By time, without NaN.</param>
    /// <param name="threshold">The quantile.</param>
    public static double OfExceedance(ReadOnlySpan<double> inOrder, double threshold)
    {
        var above = 0;
        foreach (var value in inOrder)
        {
            above += value > threshold ? 1 : 0;
        }

        var blocks = new Blocks((double)above / inOrder.Length);
        foreach (var value in inOrder)
        {
            blocks.Add(value > threshold ? 1 : 0);
        }

        return blocks.Time(inOrder.Length);
    }

    // Sums of blocks of 1, 2, 4, ... values, made in one pass: level k waits for two blocks of level k - 1.
    sealed class Blocks(double mean)
    {
        const int Levels = 31;

        readonly double[] _waiting = new double[Levels];
        readonly double[] _squares = new double[Levels];
        readonly int[] _counts = new int[Levels];

        public void Add(double value)
        {
            var sum = value - mean;
            for (var level = 0; level < Levels; level++)
            {
                _squares[level] += sum * sum;
                if ((++_counts[level] & 1) == 1)
                {
                    _waiting[level] = sum;
                    return;
                }

                sum += _waiting[level];
            }
        }

        public double Time(int n)
        {
            var time = 1.0;
            for (var level = 0; level < Levels && _counts[level] >= LeastBlocks && _squares[0] > 0; level++)
            {
                // A block's sum varies B times as much as one value when they are independent.
                var size = Math.Pow(2, level);
                var here = _squares[level] / (_counts[level] - 1) / size / (_squares[0] / (n - 1));
                var isDependent = here >= Remembers;
                time = Math.Max(time, isDependent ? here * Student(_counts[level]) : here);
                if (size * size * size > (isDependent ? 16.0 : 2.0) * n * here * here)
                {
                    return Math.Max(1, isDependent ? here * Student(_counts[level]) : here);
                }
            }

            return time;
        }

        static double Student(int blocks)
        {
            var factor = MeanInterval.StudentTQuantile(0.95, blocks - 1) / NormalQuantile.TwoSided(0.95);
            return factor * factor;
        }
    }
}
