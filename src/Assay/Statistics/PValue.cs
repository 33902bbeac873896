using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>Probabilities beyond a statistic, under the distribution that it has when there is no difference.</summary>
static class PValue
{
    /// <summary>Two-sided.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>Two-sided.</summary>
    public static double StudentT(double t, double degrees) =>
        double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(degrees / 2, 0.5, degrees / (degrees + (t * t)));

    /// <summary>Upper tail.</summary>
    public static double ChiSquared(double value, double degrees) => value <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2, value / 2);

    /// <summary>Upper tail.</summary>
    public static double F(double value, double above, double below) =>
        double.IsInfinity(value) ? 0 : SpecialFunctions.BetaRegularized(below / 2, above / 2, below / (below + (above * value)));
}
