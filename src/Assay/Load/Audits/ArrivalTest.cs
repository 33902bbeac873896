using Assay.Data.Drift;
using Assay.Statistics;
using MathNet.Numerics;

namespace Assay.Load.Audits;

/// <summary>Whether arrivals are the asked process.</summary>
/// <param name="Holds">Null when they are too few. False when the difference is both too large to be chance and large enough to matter.</param>
/// <param name="Dispersion">Variance of the counts in equal stretches of expected arrivals over their mean.</param>
/// <param name="DispersionTolerance">Four standard errors of it.</param>
/// <param name="Distance">Kolmogorov and Smirnov's, of the gaps from the asked distribution.</param>
/// <param name="PValue">Of that distance, by chance.</param>
readonly record struct ArrivalTest(bool? Holds, double Dispersion, double DispersionTolerance, double Distance, double PValue)
{
    const int Least = 200;

    // Arrivals expected in a stretch; fewer would hide bursts longer than it.
    const int PerStretch = 20;

    // A thousand chances against one, and a twentieth of the gaps: microseconds of the client are seen in a hundred thousand gaps, and matter to nobody.
    const double Chance = 0.001;
    const double Matters = 0.05;

    /// <param name="times">Arrival times ascending, in expected arrivals: a process of rate 1.</param>
    /// <param name="shape">Of the gamma distribution of the gaps, 1 for the exponential one.</param>
    public static ArrivalTest Of(ReadOnlySpan<double> times, double shape)
    {
        if (times.Length < Least)
        {
            return new ArrivalTest(null, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var (dispersion, tolerance) = Dispersed(times, shape);
        var gaps = new double[times.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = times[i] - (i == 0 ? 0 : times[i - 1]);
        }

        Array.Sort(gaps);
        var distance = DistanceOf(gaps, shape);
        var p = PValueOf(distance, gaps.Length);
        var isAsked = Math.Abs(dispersion - (1 / shape)) <= tolerance && (p >= Chance || distance <= Matters);
        return new ArrivalTest(isAsked, dispersion, tolerance, distance, p);
    }

    /// <summary>The greatest difference of the empirical distribution from the gamma one with mean 1.</summary>
    internal static double DistanceOf(ReadOnlySpan<double> sorted, double shape)
    {
        var greatest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var below = sorted[i] <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(shape, shape * sorted[i]);
            greatest = Math.Max(greatest, Math.Max(below - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - below));
        }

        return greatest;
    }

    /// <summary>Kolmogorov's limit with Stephens' correction, 1970: good to 0.002 from 20 values on.</summary>
    internal static double PValueOf(double distance, int n) =>
        KolmogorovSmirnov.Survival((Math.Sqrt(n) + 0.12 + (0.11 / Math.Sqrt(n))) * distance);

    // Of renewal counts the index goes to the squared variation of the gaps, 1 / shape, with a bias of (1 - shape^-2) / 6 counts (Cox 1962, 4.5).
    static (double Index, double Tolerance) Dispersed(ReadOnlySpan<double> times, double shape)
    {
        var stretch = PerStretch * Math.Max(1, 1 / shape);
        var counts = new double[(int)(times[^1] / stretch)];
        if (counts.Length < 2)
        {
            return (double.NaN, double.NaN);
        }

        foreach (var time in times)
        {
            if ((int)(time / stretch) is var at && at < counts.Length)
            {
                counts[at]++;
            }
        }

        var (mean, variance) = MeanInterval.Moments(counts);
        var tolerance = (4 * Math.Sqrt(2.0 / (counts.Length - 1)) / shape) + (Math.Abs(1 - (1 / (shape * shape))) / (6 * stretch));
        return (variance / mean, tolerance);
    }
}
