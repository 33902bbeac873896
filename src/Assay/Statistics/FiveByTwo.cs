namespace Assay.Statistics;

/// <summary>
/// Whether two learning algorithms differ, from five repetitions of two-fold cross-validation: within a repetition the two folds share no
/// training rows. Effect: the mean of the ten differences; no interval is known for it. Undefined unless ten finite differences are given
/// that are not all equal within each repetition.
/// </summary>
public static class FiveByTwo
{
    /// <summary>Method <c>5x2cv-t</c>: the first difference over the root of the mean variance, 5 degrees of freedom. Source: Dietterich 1998.</summary>
    /// <param name="differences">Ten: first and second fold of the first repetition, of the second, and so on.</param>
    public static TestResult T(ReadOnlySpan<double> differences) => Test("5x2cv-t", differences, (values, variance) =>
    {
        var t = values[0] / Math.Sqrt(variance / 5);
        return (t, 5, PValue.StudentT(t, 5));
    });

    /// <summary>Method <c>5x2cv-f</c>: uses all ten differences, so it does not depend on their order; F with 10 and 5 degrees of freedom. Source: Alpaydin 1999.</summary>
    /// <param name="differences">As for <see cref="T"/>.</param>
    public static TestResult F(ReadOnlySpan<double> differences) => Test("5x2cv-f", differences, (values, variance) =>
    {
        var f = values.Sum(value => value * value) / (2 * variance);
        return (f, double.NaN, PValue.F(f, 10, 5));
    });

    static TestResult Test(string method, ReadOnlySpan<double> differences, Func<double[], double, (double Statistic, double Degrees, double PValue)> test)
    {
        var values = differences.ToArray();
        var variance = 0.0;
        for (var i = 0; i + 1 < values.Length; i += 2)
        {
            variance += (values[i] - values[i + 1]) * (values[i] - values[i + 1]) / 2;
        }

        var reason = values.Length != 10 ? "the test needs ten differences: five repetitions of two folds"
            : !TestResult.AllFinite(values) ? "a value is not a finite number"
            : variance == 0 ? "both folds have the same difference in every repetition, so their spread is unknown" : null;
        var effect = values.Length == 0 ? double.NaN : values.Average();
        if (reason is not null)
        {
            return TestResult.Undefined(method, values.Length, reason, effect);
        }

        var (statistic, degrees, p) = test(values, variance);
        return new TestResult { Method = method, N = 10, Statistic = statistic, DegreesOfFreedom = degrees, PValue = p, Effect = effect };
    }
}
