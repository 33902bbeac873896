namespace Assay.Data.Drift;

/// <summary>
/// The greatest distance of two empirical distribution functions; <c>ks</c>. scipy.stats.ks_2samp, two-sided: the exact probability up to
/// 10,000 values a side, above it Kolmogorov's limit with Vrbik's correction (2018), good to about 1e-5 there.
/// </summary>
public static class KolmogorovSmirnov
{
    const int LargestExact = 10_000;

    /// <summary>Effect <c>ks_distance</c>, within [0, 1].</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var distance = Distance(reference, current);
        var (n, m) = (reference.Length, current.Length);
        var p = Math.Max(n, m) <= LargestExact ? Exact(n, m, distance) : Limit(n, m, distance);
        return new TestResult(distance, p, distance, "ks_distance");
    }

    /// <summary>The distance alone.</summary>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (i, j) = (0, 0);
        var (perReference, perCurrent) = (1.0 / reference.Length, 1.0 / current.Length);
        var greatest = 0.0;
        while (i < reference.Length && j < current.Length)
        {
            var (a, b) = (reference[i], current[j]);
            var at = Math.Min(a, b);
            if (a == b)
            {
                while (i < reference.Length && reference[i] == at)
                {
                    i++;
                }

                while (j < current.Length && current[j] == at)
                {
                    j++;
                }
            }
            else
            {
                i += a < b ? 1 : 0;
                j += a < b ? 0 : 1;

                // Within a run of equal values the functions have not made their whole step yet.
                if ((i < reference.Length && reference[i] == at) || (j < current.Length && current[j] == at))
                {
                    continue;
                }
            }

            greatest = Math.Max(greatest, Math.Abs((i * perReference) - (j * perCurrent)));
        }

        return greatest;
    }

    // The probability that a random path from (0, 0) to (n, m) leaves the band |x/n - y/m| < d: what leaves it is added up, so that a
    // small probability keeps its digits.
    static double Exact(int n, int m, double distance)
    {
        var limit = (long)Math.Round(distance * n * m);
        var inside = new double[m + 1];
        var outside = 0.0;
        for (var x = 0; x <= n; x++)
        {
            // The cells of this row within the band, and the one next to it on either side.
            var first = (int)Math.Max(0, ((((long)x * m) - limit) / n) - 1);
            var last = (int)Math.Min(m, ((((long)x * m) + limit) / n) + 1);
            for (var y = first; y <= last; y++)
            {
                var left = n + m - (x + y) + 1.0;
                var fromX = x > 0 ? inside[y] * (n - x + 1) / left : 0;
                var fromY = y > first ? inside[y - 1] * (m - y + 1) / left : 0;
                var probability = x + y == 0 ? 1 : fromX + fromY;
                if (Math.Abs(((long)x * m) - ((long)y * n)) >= limit)
                {
                    outside += probability;
                    probability = 0;
                }

                inside[y] = probability;
            }
        }

        return Math.Min(1, outside);
    }

    static double Limit(double n, double m, double distance)
    {
        var size = Math.Round(n * m / (n + m));
        var s = distance * Math.Sqrt(size);
        s += (1 / (6 * Math.Sqrt(size))) + ((s - 1) / (4 * size));
        return Survival(s);
    }

    /// <summary>Kolmogorov's limit: the probability that sqrt(n) times the distance is greater.</summary>
    internal static double Survival(double s)
    {
        if (s < 0.2)
        {
            return 1;
        }

        var (sum, sign) = (0.0, 1.0);
        for (var k = 1; k <= 100; k++, sign = -sign)
        {
            var term = Math.Exp(-2.0 * k * k * s * s);
            sum += sign * term;
            if (term < 1e-17)
            {
                break;
            }
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
