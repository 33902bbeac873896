namespace Assay.Statistics;

/// <summary>
/// Whether two models differ over the folds of one cross-validation. The folds share training rows, so the plain t-test finds
/// differences that are not there; this one widens the variance from s²/J to s² (1/J + test rows / training rows).
/// Source: Nadeau and Bengio 2003.
/// </summary>
public static class CorrectedResampledT
{
    /// <summary>
    /// Method <c>corrected-resampled-t</c>; effect: the mean difference. Undefined for fewer than two differences, when all are equal, or
    /// when one is not finite.
    /// </summary>
    /// <param name="differences">One a fold and repeat: first model minus second.</param>
    /// <param name="testShareOfTrain">Test rows / training rows of a fold: 1/9 for ten folds.</param>
    /// <param name="confidence">Of the interval.</param>
    public static TestResult Test(ReadOnlySpan<double> differences, double testShareOfTrain, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testShareOfTrain);
        var (n, (mean, variance)) = (differences.Length, MeanInterval.Moments(differences));
        var reason = n < 2 ? "a test needs at least two folds"
            : !TestResult.AllFinite(differences) ? "a value is not a finite number"
            : differences.IndexOfAnyExcept(differences[0]) < 0 ? "all folds have the same difference, so their spread is unknown" : null;
        if (reason is not null)
        {
            return TestResult.Undefined("corrected-resampled-t", n, reason, mean);
        }

        var error = Math.Sqrt(variance * ((1.0 / n) + testShareOfTrain));
        var half = MeanInterval.StudentTQuantile(confidence, n - 1) * error;
        return PairedT.Of("corrected-resampled-t", mean, error, n - 1, n, new Interval(mean - half, mean + half, "corrected-resampled-t"));
    }
}
