using Assay.Statistics;

namespace Assay.Comparing;

/// <summary>
/// Which test and which interval, by a fixed rule (docs/compare.md). Paired: with clusters the clustered t; of 0 and 1 McNemar's exact test
/// with Bonett and Price's interval; else up to 10,000 pairs the sign-flip test with a BCa bootstrap interval, and beyond Student's t.
/// Unpaired: of 0 and 1 Fisher's exact test with Newcombe's interval, else Welch's t, with clusters of clustered errors.
/// </summary>
static class DifferenceTest
{
    // Beyond so many pairs the mean is normal to the precision that is printed, and resampling costs seconds.
    const int MostResampled = 10_000;

    // The least p-value of a random sign-flip test is one over its rounds: few enough tests can be corrected with 2000.
    const int SignFlips = 20_000;

    /// <summary>The row with values, difference, interval and p-value of B minus A.</summary>
    public static ScoreDifference Paired(ScoreDifference row, PairedValues values, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var n = values.A.Length;
        row = row with { N = n, FailedA = values.FailedA, FailedB = values.FailedB };
        if (n == 0)
        {
            return row with { Reason = "no sample has a score in both runs" };
        }

        var differences = values.B.Zip(values.A, (b, a) => b - a).ToArray();
        var (mean, variance) = MeanInterval.Moments(differences);
        row = row with { ValueA = values.A.Average(), ValueB = values.B.Average(), Difference = mean, Variance = n > 1 ? variance : double.NaN };
        var isBinary = IsBinary(values.A) && IsBinary(values.B);
        if (isBinary)
        {
            row = row with { OnlyA = differences.LongCount(difference => difference < 0), OnlyB = differences.LongCount(difference => difference > 0) };
        }

        return values.Clusters.Length > 0 ? Clustered(row, differences, values.Clusters, options)
            : isBinary ? McNemars(row, options)
            : Numbers(row, differences, options, cancellationToken);
    }

    /// <summary>The same of two independent samples.</summary>
    public static ScoreDifference Unpaired(ScoreDifference row, IndependentValues first, IndependentValues second, ComparisonOptions options)
    {
        var (a, b) = (first.Values, second.Values);
        row = row with { IsPaired = false, N = a.Length + b.Length, Reason = "unpaired: the runs have no sample in common" };
        if (a.Length == 0 || b.Length == 0)
        {
            return row with { Reason = "no sample has a score" };
        }

        row = row with { ValueA = a.Average(), ValueB = b.Average(), Difference = b.Average() - a.Average() };
        if (first.Clusters.Length + second.Clusters.Length > 0)
        {
            var (errorA, degreesA) = Error(first);
            var (errorB, degreesB) = Error(second);
            return OfErrors(row, errorA, degreesA, errorB, degreesB, "clustered-t", options);
        }

        if (IsBinary(a) && IsBinary(b))
        {
            var compared = TwoProportions.Compare(b.LongCount(value => value == 1), b.Length, a.LongCount(value => value == 1), a.Length, 1 - options.Alpha);
            return With(row, compared.Interval, compared.PValue, "fisher-exact");
        }

        var (plainA, plainB) = (Error(first), Error(second));
        return OfErrors(row, plainA.Error, plainA.Degrees, plainB.Error, plainB.Degrees, "welch-t", options);
    }

    static (double Error, double Degrees) Error(IndependentValues values) => values.Clusters.Length > 0
        ? (ClusteredMean.StandardError(values.Values, values.Clusters), values.Clusters.Distinct().Count() - 1)
        : (Math.Sqrt(MeanInterval.Moments(values.Values).Variance / values.Values.Length), values.Values.Length - 1);

    // Welch's t: the degrees of freedom by Welch and Satterthwaite.
    static ScoreDifference OfErrors(ScoreDifference row, double errorA, double degreesA, double errorB, double degreesB, string method, ComparisonOptions options)
    {
        var (a, b) = (errorA * errorA, errorB * errorB);
        if (!(a + b > 0) || !double.IsFinite(a + b))
        {
            return row with { Reason = "unpaired, and there are too few scores, or they do not vary: no interval can be given" };
        }

        var degrees = (a + b) * (a + b) / ((a * a / degreesA) + (b * b / degreesB));
        var (difference, error) = (row.Difference!.Value, Math.Sqrt(a + b));
        var half = MeanInterval.StudentTQuantile(1 - options.Alpha, degrees) * error;
        return With(row, new Interval(difference - half, difference + half, method), PValue.StudentT(difference / error, degrees), method);
    }

    static ScoreDifference Clustered(ScoreDifference row, double[] differences, int[] clusters, ComparisonOptions options)
    {
        var test = PairedT.Clustered(differences, clusters, confidence: 1 - options.Alpha);
        var count = clusters.Distinct().Count();
        row = row with { Clusters = count };
        if (test.Reason is { } reason)
        {
            return row with { Reason = reason };
        }

        // Clusters that are alike make each sample worth less: the variance as if they were independent.
        var error = ClusteredMean.StandardError(differences, clusters);
        var few = count < 20 ? FormattableString.Invariant($"only {count} clusters: the interval may be too narrow") : null;
        return With(row, test.Interval, test.PValue, test.Method) with { Variance = error * error * differences.Length, Reason = few };
    }

    static ScoreDifference McNemars(ScoreDifference row, ComparisonOptions options) => With(
        row,
        McNemar.Test(row.OnlyB!.Value, row.OnlyA!.Value, row.N, 1 - options.Alpha).Interval,
        McNemar.Exact(row.OnlyA.Value, row.OnlyB.Value),
        "mcnemar-exact");

    static ScoreDifference Numbers(ScoreDifference row, double[] differences, ComparisonOptions options, CancellationToken cancellationToken)
    {
        if (TestResult.ReasonAgainst(differences) is { } reason)
        {
            return row with { Reason = reason };
        }

        if (differences.Length > MostResampled)
        {
            var t = PairedT.Test(differences, 1 - options.Alpha);
            return With(row, t.Interval, t.PValue, t.Method);
        }

        var bootstrap = new BootstrapOptions { Confidence = 1 - options.Alpha, Seed = options.Seed };
        var flips = SignFlip.Test(differences, bootstrap with { Rounds = SignFlips }, cancellationToken);
        return With(row, MeanBootstrap.Bca(differences, bootstrap, cancellationToken) ?? flips.Interval, flips.PValue, flips.Method);
    }

    static ScoreDifference With(ScoreDifference row, Interval? interval, double p, string test) =>
        row with { Low = interval?.Low, High = interval?.High, Method = interval?.Method, P = p, Test = test };

    static bool IsBinary(double[] values) => values.AsSpan().IndexOfAnyExcept(0, 1) < 0;
}
