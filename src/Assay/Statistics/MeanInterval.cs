using TDistribution = MathNet.Numerics.Distributions.StudentT;

namespace Assay.Statistics;

/// <summary>The interval of a mean of independent values.</summary>
public static class MeanInterval
{
    /// <summary>Mean ± t · s / √n with n - 1 degrees of freedom, method <c>t</c>; null for fewer than two values or when one is not finite.</summary>
    public static Interval? StudentT(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        if (values.Length < 2)
        {
            return null;
        }

        var (mean, variance) = Moments(values);
        var half = StudentTQuantile(confidence, values.Length - 1) * Math.Sqrt(variance / values.Length);
        return double.IsFinite(mean + half) ? new Interval(mean - half, mean + half, "t") : null;
    }

    /// <summary>The mean and the variance with n - 1 below the line, in two passes.</summary>
    internal static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares / (values.Length - 1));
    }

    internal static double StudentTQuantile(double confidence, double degreesOfFreedom) =>
        TDistribution.InvCDF(0, 1, degreesOfFreedom, 1 - ((1 - confidence) / 2));
}
