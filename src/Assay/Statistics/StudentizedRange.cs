using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>The range of k independent standard normal values (infinitely many degrees of freedom).</summary>
static class StudentizedRange
{
    // The integrand is smooth and fades at both ends: the trapezoid rule is then exact to rounding at this step.
    const double Step = 1.0 / 64;
    const double Reach = 9;

    /// <summary>P(range &lt;= q) = k times the integral of phi(z) (Phi(z) - Phi(z - q))^(k-1).</summary>
    public static double AtMost(double q, int k)
    {
        var sum = 0.0;
        for (var z = -Reach; z <= Reach; z += Step)
        {
            sum += Normal.PDF(0, 1, z) * Math.Pow(Normal.CDF(0, 1, z) - Normal.CDF(0, 1, z - q), k - 1);
        }

        return q <= 0 ? 0 : Math.Clamp(k * sum * Step, 0, 1);
    }

    /// <summary>The q that the range exceeds with this probability.</summary>
    public static double Exceeded(double probability, int k)
    {
        var (low, high) = (0.0, 100.0);
        while (high - low > 1e-10)
        {
            var middle = (low + high) / 2;
            (low, high) = 1 - AtMost(middle, k) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
