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

    /// <summary>
    /// Difference of two independent means, first minus second, with Welch's degrees of freedom, method <c>welch-t</c>; null when a sample
    /// has fewer than two values, nothing varies, or a value is not finite.
    /// </summary>
    public static Interval? Welch(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double confidence = 0.95)
    {
        if (first.Length < 2 || second.Length < 2)
        {
            return null;
        }

        var ((mean, variance), (otherMean, otherVariance)) = (Moments(first), Moments(second));
        var (a, b) = (variance / first.Length, otherVariance / second.Length);
        if (!double.IsFinite(a + b) || a + b == 0)
        {
            return null;
        }

        var degrees = (a + b) * (a + b) / ((a * a / (first.Length - 1)) + (b * b / (second.Length - 1)));
        var half = StudentTQuantile(confidence, degrees) * Math.Sqrt(a + b);
        return new Interval(mean - otherMean - half, mean - otherMean + half, "welch-t");
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
