using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Assay.Learning.Tuning;

/// <summary>The standard normal distribution between two ends, exact far out in its tails too.</summary>
static class NormalMass
{
    // Further out the distribution function underflows, and its asymptotic series is exact.
    const double SeriesFrom = -20;

    /// <summary>Natural logarithm of the mass between the ends.</summary>
    public static double Log(double low, double high)
    {
        if (low > 0)
        {
            return Log(-high, -low);
        }

        return high <= 0
            ? LogBelow(high) + SpecialFunctions.Log1p(-Math.Exp(LogBelow(low) - LogBelow(high)))
            : SpecialFunctions.Log1p(-Below(low) - Below(-high));
    }

    /// <summary>Where a share of the mass between the ends lies below.</summary>
    /// <param name="low">At most 0.</param>
    /// <param name="high">At least 0.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Quantile(double low, double high, double share)
    {
        var (under, over) = (Below(low), Below(-high));
        var mass = 1 - under - over;
        var below = under + (share * mass);
        return below <= 0.5 ? Normal.InvCDF(0, 1, below) : -Normal.InvCDF(0, 1, over + ((1 - share) * mass));
    }

    static double Below(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    static double LogBelow(double z)
    {
        if (z > SeriesFrom)
        {
            return z > 0 ? SpecialFunctions.Log1p(-Below(-z)) : Math.Log(Below(z));
        }

        var (sum, term) = (1.0, 1.0);
        for (var i = 1; Math.Abs(term) > 1e-17; i++)
        {
            term *= -((2 * i) - 1) / (z * z);
            sum += term;
        }

        return (-0.5 * z * z) - Math.Log(-z) - (0.5 * Math.Log(2 * Math.PI)) + Math.Log(sum);
    }
}
