using MathNet.Numerics.Distributions;

namespace Assay.Data.Drift;

/// <summary>Whether two means differ, of samples with one variance; <c>t_test</c>. scipy.stats.ttest_ind.</summary>
public static class TTest
{
    /// <summary>Effect <c>cohen_d</c>: positive where the current mean is greater. NaN where nothing varies or there are fewer than 3 values.</summary>
    /// <param name="reference">Without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length;
        var (meanA, squaresA) = Squares(reference);
        var (meanB, squaresB) = Squares(current);
        var deviation = Math.Sqrt((squaresA + squaresB) / (n + m - 2));
        var t = (meanA - meanB) / (deviation * Math.Sqrt((1 / n) + (1 / m)));
        return double.IsFinite(t)
            ? new TestResult(t, 2 * StudentT.CDF(0, 1, n + m - 2, -Math.Abs(t)), (meanB - meanA) / deviation, "cohen_d")
            : new TestResult(double.NaN, double.NaN, double.NaN, "cohen_d");
    }

    static (double Mean, double Squares) Squares(ReadOnlySpan<double> values)
    {
        var mean = Moments.Mean(values);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return (mean, sum);
    }
}
