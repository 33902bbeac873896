using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>The outcome of <see cref="CorrectedResampledT"/>.</summary>
/// <param name="Mean">The mean difference.</param>
/// <param name="T">NaN when undefined.</param>
/// <param name="DegreesOfFreedom">Differences - 1.</param>
/// <param name="PValue">Two-sided; NaN when undefined.</param>
/// <param name="Interval">Of the mean difference, method <c>corrected-resampled-t</c>; null when undefined.</param>
/// <param name="Reason">Why the test is undefined; null when it is defined.</param>
public readonly record struct CorrectedResampledTResult(
    double Mean, double T, int DegreesOfFreedom, double PValue, Interval? Interval, string? Reason);

/// <summary>
/// Whether two models differ over the folds of one cross-validation. The folds share training rows, so the plain t-test finds
/// differences that are not there; this one widens the variance from s²/J to s² (1/J + test rows / training rows).
/// Source: Nadeau and Bengio 2003.
/// </summary>
public static class CorrectedResampledT
{
    /// <summary>Undefined for fewer than two differences, or when all are equal.</summary>
    /// <param name="differences">One a fold and repeat: first model minus second.</param>
    /// <param name="testShareOfTrain">Test rows / training rows of a fold: 1/9 for ten folds.</param>
    /// <param name="confidence">Of the interval.</param>
    public static CorrectedResampledTResult Test(ReadOnlySpan<double> differences, double testShareOfTrain, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testShareOfTrain);
        var (n, (mean, variance)) = (differences.Length, MeanInterval.Moments(differences));
        if (n < 2 || differences.IndexOfAnyExcept(differences[0]) < 0)
        {
            var reason = n < 2 ? "a test needs at least two folds" : "all folds have the same difference, so their spread is unknown";
            return new CorrectedResampledTResult(mean, double.NaN, Math.Max(0, n - 1), double.NaN, null, reason);
        }

        var error = Math.Sqrt(variance * ((1.0 / n) + testShareOfTrain));
        var (t, degrees) = (mean / error, n - 1);
        var half = MeanInterval.StudentTQuantile(confidence, degrees) * error;
        return new CorrectedResampledTResult(
            mean,
            t,
            degrees,
            SpecialFunctions.BetaRegularized(degrees / 2.0, 0.5, degrees / (degrees + (t * t))),
            new Interval(mean - half, mean + half, "corrected-resampled-t"),
            null);
    }
}
