using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>Draws the number of successes in n trials, exactly: inversion where few are expected, else the transformed rejection BTRS (Hörmann 1993).</summary>
public static class BinomialSampler
{
    // Below this mean inversion is faster, and BTRS is not valid.
    const double SmallMean = 10;

    /// <summary>In [0, <paramref name="trials"/>].</summary>
    public static long Next(SeededRandom random, long trials, double probability)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        return probability <= 0 || trials == 0 ? 0
            : probability >= 1 ? trials
            : probability > 0.5 ? trials - OfSmallerHalf(random, trials, 1 - probability)
            : OfSmallerHalf(random, trials, probability);
    }

    static long OfSmallerHalf(SeededRandom random, long trials, double p) =>
        trials * p < SmallMean ? Inversion(random, trials, p) : Rejection(random, trials, p);

    static long Inversion(SeededRandom random, long trials, double p)
    {
        var odds = p / (1 - p);
        var none = Math.Exp(trials * SpecialFunctions.Log1p(-p));
        while (true)
        {
            var mass = none;
            var left = random.NextDouble();
            for (var count = 0L; count <= trials; count++)
            {
                if (left < mass)
                {
                    return count;
                }

                left -= mass;
                mass *= odds * (trials - count) / (count + 1);
            }

            // Rounding left a sliver above the last count: draw again.
        }
    }

    static long Rejection(SeededRandom random, long trials, double p)
    {
        var deviation = Math.Sqrt(trials * p * (1 - p));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * p);
        var centre = (trials * p) + 0.5;
        var sureBelow = 0.92 - (4.2 / b);
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var mode = Math.Floor((trials + 1) * p);
        var logOdds = Math.Log(p / (1 - p));
        var atMode = SpecialFunctions.GammaLn(mode + 1) + SpecialFunctions.GammaLn(trials - mode + 1);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = random.NextDouble();
            var edge = 0.5 - Math.Abs(u);
            var count = Math.Floor((((2 * a / edge) + b) * u) + centre);
            if (edge >= 0.07 && v <= sureBelow)
            {
                return (long)count;
            }

            if (count >= 0 && count <= trials
                && Math.Log(v * alpha / ((a / (edge * edge)) + b))
                    <= atMode - SpecialFunctions.GammaLn(count + 1) - SpecialFunctions.GammaLn(trials - count + 1) + ((count - mode) * logOdds))
            {
                return (long)count;
            }
        }
    }
}
